package io.mrq.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mrq.dispatch.DispatchIndex;
import io.mrq.embedded.EmbeddedRedis;
import io.mrq.embedded.EmbeddedRedisOptions;
import io.mrq.test.TestCertificate;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.data.redis.core.StringRedisTemplate;

/** A Redis whose certificate only the application's bundle vouches for. */
class RedisTlsBundleTest {
  @TempDir Path folder;

  @Test
  void theBundleOfTheApplicationServesTheApplicationAndMrq() throws Exception {
    Path store = TestCertificate.forLoopback(folder).store();
    try (EmbeddedRedis redis = EmbeddedRedis.start(EmbeddedRedisOptions.inMemory());
        SSLServerSocket front = encrypted(store)) {
      Thread.startVirtualThread(() -> relay(front, redis.port()));
      try (var application =
          Guest.start(
              folder.resolve("data"),
              LifeCycleTest.EnqueuesOnly.class,
              "--spring.ssl.bundle.jks.private.truststore.location=file:" + store,
              "--spring.ssl.bundle.jks.private.truststore.password=" + TestCertificate.PASSWORD,
              "--spring.data.redis.ssl.bundle=private",
              "--spring.data.redis.host=127.0.0.1",
              "--spring.data.redis.port=" + front.getLocalPort())) {
        StringRedisTemplate own = application.getBean(StringRedisTemplate.class);
        own.opsForValue().set("key", "value");
        assertThat(own.opsForValue().get("key")).isEqualTo("value");
        DispatchIndex index = application.getBean(DispatchIndex.class);
        await()
            .atMost(Duration.ofSeconds(60))
            .ignoreExceptions()
            .until(() -> index.below("default", 1) == 0);
      }
    }
  }

  private static SSLServerSocket encrypted(Path store) throws Exception {
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream file = Files.newInputStream(store)) {
      keys.load(file, TestCertificate.PASSWORD.toCharArray());
    }
    KeyManagerFactory managers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(keys, TestCertificate.PASSWORD.toCharArray());
    SSLContext tls = SSLContext.getInstance("TLS");
    tls.init(managers.getKeyManagers(), null, null);
    return (SSLServerSocket)
        tls.getServerSocketFactory().createServerSocket(0, 50, InetAddress.getLoopbackAddress());
  }

  /** Decrypts what comes, and encrypts what Redis answers, until the front is closed. */
  private static void relay(SSLServerSocket front, int redis) {
    while (!front.isClosed()) {
      try {
        Socket outside = front.accept();
        Socket inside = new Socket(InetAddress.getLoopbackAddress(), redis);
        Thread.startVirtualThread(() -> copy(outside, inside));
        Thread.startVirtualThread(() -> copy(inside, outside));
      } catch (IOException e) {
        // The next one may come through.
      }
    }
  }

  private static void copy(Socket from, Socket to) {
    try (from;
        to) {
      from.getInputStream().transferTo(to.getOutputStream());
    } catch (IOException e) {
      // One side has closed.
    }
  }
}
