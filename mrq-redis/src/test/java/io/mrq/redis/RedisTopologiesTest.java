package io.mrq.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.SslOptions;
import io.lettuce.core.resource.DefaultClientResources;
import io.mrq.dispatch.DispatchUnavailableException;
import io.mrq.dispatch.WakeUp;
import io.mrq.job.ReadyJob;
import io.mrq.job.WorkerId;
import io.mrq.test.TestCertificate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.data.redis.connection.RedisSentinelConfiguration;
import org.springframework.data.redis.connection.RedisSocketConfiguration;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.RedisStaticMasterReplicaConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceClientConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/** The application's settings of where Redis is are followed, whatever their kind. */
class RedisTopologiesTest {
  private static final String Q = "default";
  private static final Duration SOON = Duration.ofSeconds(60);

  private static Path program;

  @TempDir Path folder;

  @BeforeAll
  static void find() {
    program = OwnRedis.program();
  }

  // CTX-07
  @Test
  void passwordAndDatabaseAreThoseOfTheApplication() throws Exception {
    int port = OwnRedis.freePort();
    try (OwnRedis node = OwnRedis.start(program, folder, port)) {
      node.ask(redis -> redis.configSet("requirepass", "secret"));
      RedisStandaloneConfiguration where = new RedisStandaloneConfiguration("127.0.0.1", port);
      where.setDatabase(3);
      where.setPassword("secret");

      assertServed(new LettuceConnectionFactory(where));

      where.setPassword("wrong");
      try (RedisDispatchIndex refused =
          new RedisDispatchIndex(new LettuceConnectionFactory(where), TestRedis.PATIENT)) {
        assertThatThrownBy(() -> refused.take(Q, 1))
            .isInstanceOf(DispatchUnavailableException.class)
            .hasStackTraceContaining("WRONGPASS");
      }
    }
  }

  // CTX-07
  @Test
  void certificatesAreCheckedAsTheApplicationSays() throws Exception {
    TestCertificate certificate = TestCertificate.forLoopback(folder);
    int tls = OwnRedis.freePort();
    try (OwnRedis _ =
        OwnRedis.start(
            program,
            folder,
            OwnRedis.freePort(),
            "--tls-port",
            String.valueOf(tls),
            "--tls-cert-file",
            certificate.certificate().toString(),
            "--tls-key-file",
            certificate.key().toString(),
            "--tls-auth-clients",
            "no",
            "--tls-ca-cert-file",
            certificate.certificate().toString())) {
      SslOptions trusting =
          SslOptions.builder().trustManager(certificate.certificate().toFile()).build();
      assertServed(encrypted(tls, ClientOptions.builder().sslOptions(trusting).build()));

      try (RedisDispatchIndex doubting =
          new RedisDispatchIndex(encrypted(tls, ClientOptions.create()), TestRedis.PATIENT)) {
        assertThatThrownBy(() -> doubting.take(Q, 1))
            .isInstanceOf(DispatchUnavailableException.class)
            .hasStackTraceContaining("certification path");
      }
    }
  }

  private static LettuceConnectionFactory encrypted(int port, ClientOptions options) {
    return new LettuceConnectionFactory(
        new RedisStandaloneConfiguration("127.0.0.1", port),
        LettuceClientConfiguration.builder().clientOptions(options).useSsl().build());
  }

  @Test
  void aFixedListOfMasterAndReplicasIsRefusedWithASentence() {
    RedisStaticMasterReplicaConfiguration nodes =
        new RedisStaticMasterReplicaConfiguration("127.0.0.1", 1);
    nodes.addNode("127.0.0.1", 2);
    LettuceConnectionFactory application = new LettuceConnectionFactory(nodes);
    assertThatThrownBy(() -> new RedisDispatchIndex(application, TestRedis.PATIENT))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("spring.data.redis.masterreplica.nodes");
  }

  @Test
  void aSocketOfTheMachineIsTriedWhenTheApplicationNamesOne() {
    RedisSocketConfiguration where = new RedisSocketConfiguration(folder + "/none.sock");
    try (RedisDispatchIndex index =
        new RedisDispatchIndex(new LettuceConnectionFactory(where), TestRedis.PATIENT)) {
      // Lettuce says that it lacks native code, or, where it does not, that there is no such file.
      assertThatThrownBy(() -> index.take(Q, 1))
          .isInstanceOf(DispatchUnavailableException.class)
          .satisfies(e -> assertThat(e.getCause()).hasStackTraceContaining("sock"));
    }
  }

  // CTX-07
  @Test
  void afterAFailoverOfSentinelTheNewMasterIsUsed() throws Exception {
    int first = OwnRedis.freePort();
    int second = OwnRedis.freePort();
    int watcher = OwnRedis.freePort();
    Path config = Files.createDirectory(folder.resolve("watcher")).resolve("sentinel.conf");
    Files.writeString(
        config,
        """
        sentinel monitor mine 127.0.0.1 %d 1
        sentinel down-after-milliseconds mine 1000
        """
            .formatted(first));
    try (OwnRedis master = OwnRedis.start(program, made("first"), first);
        OwnRedis replica = OwnRedis.start(program, made("second"), second)) {
      replica.ask(redis -> redis.replicaof("127.0.0.1", first));
      try (OwnRedis sentinel =
              OwnRedis.start(program, made("sentinel"), watcher, config.toString(), "--sentinel");
          RedisDispatchIndex index =
              new RedisDispatchIndex(
                  new LettuceConnectionFactory(
                      new RedisSentinelConfiguration()
                          .master("mine")
                          .sentinel("127.0.0.1", watcher)),
                  RedisDispatchSettings.DEFAULT)) {
        await().atMost(SOON).ignoreExceptions().until(() -> index.below(Q, 1) == 0);
        index.offer(Q, List.of(TestRedis.ready(Q, 1)), 0);
        await()
            .atMost(SOON)
            .until(() -> replica.ask(redis -> redis.exists("mrq:{default}:ready")) == 1);

        master.close();

        await()
            .atMost(SOON)
            .ignoreExceptions()
            .until(() -> replica.ask(redis -> redis.info("replication")).contains("role:master"));
        await().atMost(SOON).until(index::isAvailable);
        await().atMost(SOON).ignoreExceptions().until(() -> !index.take(Q, 1).isEmpty());
        assertThat(sentinel.port()).isEqualTo(watcher);
      }
    }
  }

  private Path made(String name) throws IOException {
    return Files.createDirectory(folder.resolve(name));
  }

  @Test
  void theApplicationsOwnOptionsAndThreadsStayAsTheyAre() throws Exception {
    int port = OwnRedis.freePort();
    DefaultClientResources threads = DefaultClientResources.create();
    ClientOptions options = ClientOptions.builder().build();
    LettuceConnectionFactory application =
        new LettuceConnectionFactory(
            new RedisStandaloneConfiguration("127.0.0.1", port),
            LettuceClientConfiguration.builder()
                .clientResources(threads)
                .clientOptions(options)
                .clientName("shop")
                .build());
    application.start();
    try (OwnRedis node = OwnRedis.start(program, folder, port)) {
      assertServed(application);
      assertThat(node.<String>ask(redis -> redis.clientList())).doesNotContain("name=shop");

      assertThat(application.getConnection().ping()).isEqualTo("PONG");
      assertThat(application.getRequiredNativeClient().getOptions()).isSameAs(options);
      assertThat(node.<String>ask(redis -> redis.clientList())).contains("name=shop");
    } finally {
      application.destroy();
      threads.shutdown(0, 5, TimeUnit.SECONDS).await();
    }
  }

  private static void assertServed(LettuceConnectionFactory application)
      throws InterruptedException {
    try (RedisDispatchIndex index = new RedisDispatchIndex(application, TestRedis.PATIENT)) {
      WorkerId worker = WorkerId.next();
      ReadyJob job = TestRedis.ready(Q, 1);
      index.idle(worker, List.of(Q));
      index.offer(Q, List.of(job), 1);
      assertThat(index.await(worker, SOON)).map(WakeUp::queue).contains(Q);
      assertThat(index.take(Q, 1)).containsExactly(job.id());
    }
  }
}
