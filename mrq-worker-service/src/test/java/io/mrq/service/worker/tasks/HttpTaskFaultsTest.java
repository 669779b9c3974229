package io.mrq.service.worker.tasks;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import io.mrq.job.Failure;
import io.mrq.job.FailureOrigin;
import io.mrq.job.Fingerprint;
import io.mrq.service.worker.tasks.HttpTaskException.BadService;
import io.mrq.service.worker.tasks.HttpTaskException.ResponseTooLarge;
import io.mrq.service.worker.tasks.HttpTaskException.UnexpectedStatus;
import io.mrq.service.worker.tasks.TestService.Answer;
import io.mrq.task.RetrySignal;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Services that are absent, slow, broken or hostile. */
class HttpTaskFaultsTest {
  private static final String HEAD = "HTTP/1.1 200 OK\r\n";

  @TempDir Path folder;
  private HttpTaskKit task;

  @BeforeEach
  void start() {
    task = HttpTaskKit.open();
  }

  @AfterEach
  void stop() throws IOException {
    task.close();
  }

  @Test
  void triesAgainLaterWhenNobodyListens() throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
      port = free.getLocalPort();
    }
    assertRetried("http://127.0.0.1:" + port + "/?token=secret", "Connection refused");
  }

  @Test
  void triesAgainLaterWhenTheServiceHangsUp() throws IOException {
    try (RawService service = new RawService(socket -> socket.getInputStream().read())) {
      assertRetried(service.url("/"), "");
    }
  }

  @Test
  void triesAgainLaterWhenTheBodyIsCutOff() throws IOException {
    String cut = HEAD + "Content-Length: 100\r\n\r\nhalf";
    try (RawService service =
        new RawService(socket -> {
          socket.getOutputStream().write(cut.getBytes(US_ASCII));
          socket.shutdownOutput();
          socket.getInputStream().readAllBytes();
        })) {
      assertRetried(service.url("/"), "ConnectionClosedException");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", // no answer
        "HTTP/1.1 200 OK\r\nX-Unfinished: ", // no end of the headers
        "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf", // no end of the body
      })
  void givesUpAtTheTimeoutWhereverTheServiceStalls(String answer) throws Exception {
    try (RawService service = RawService.answering(answer)) {
      assertThatExceptionOfType(RetrySignal.class)
          .isThrownBy(() -> task.run("url", service.url("/"), "timeout", "200ms"));

      assertThat(task.job.retryAsked().reason()).contains("no complete answer within 0.2s");
      assertThat(service.hungUp.await(10, SECONDS)).as("the connection was closed").isTrue();
    }
  }

  /** A timeout of a single read would never strike here. */
  @Test
  void givesUpOnAServiceThatDripsForEver() throws Exception {
    try (RawService service =
        new RawService(socket -> {
          socket.getOutputStream().write((HEAD + "\r\n").getBytes(US_ASCII));
          socket.setSoTimeout(20);
          while (true) {
            try {
              socket.getInputStream().read(new byte[1000]);
            } catch (SocketTimeoutException _) {
              // The pace of the drip.
            }
            socket.getOutputStream().write('.');
          }
        })) {
      assertThatExceptionOfType(RetrySignal.class)
          .isThrownBy(() -> task.run("url", service.url("/"), "timeout", "300ms"));
    }
  }

  @Test
  void stopsReadingABodyWithoutEnd() throws Exception {
    try (RawService service =
        new RawService(socket -> {
          socket.getOutputStream().write((HEAD + "\r\n").getBytes(US_ASCII));
          while (true) {
            socket.getOutputStream().write(new byte[1000]);
          }
        })) {
      assertThatExceptionOfType(ResponseTooLarge.class)
          .isThrownBy(() -> task.run("url", service.url("/")));
    }
  }

  /** The service keeps silent after its first bytes: whoever tried to read the rest would hang. */
  @Test
  void doesNotReadTheRestOfABodyThatIsRefused() throws Exception {
    String announced = HEAD + "Content-Length: 999999999999\r\n\r\n";
    String chunked =
        HEAD
            + "Transfer-Encoding: chunked\r\n\r\nffffff\r\n"
            + "x".repeat(HttpTaskKit.MAX_RESPONSE + 1);
    for (String answer : new String[] {announced, chunked}) {
      try (RawService service = RawService.answering(answer)) {
        assertThatExceptionOfType(ResponseTooLarge.class)
            .isThrownBy(() -> task.run("url", service.url("/")));
        assertThat(service.hungUp.await(10, SECONDS)).as("the connection was closed").isTrue();
      }
    }
  }

  @Test
  void doesNotReadMoreOfAnUnexpectedAnswerThanItShows() throws Exception {
    String answer = "HTTP/1.1 404 No\r\nContent-Length: 999999\r\n\r\n" + "n".repeat(2001);
    try (RawService service = RawService.answering(answer)) {
      assertThatExceptionOfType(UnexpectedStatus.class)
          .isThrownBy(() -> task.run("url", service.url("/")))
          .withMessageEndingWith(": " + "n".repeat(500) + "…");
      assertThat(service.hungUp.await(10, SECONDS)).as("the connection was closed").isTrue();
    }
  }

  @Test
  void failsWhenTheServiceDoesNotSpeakThisHttp() throws Exception {
    try (RawService service = RawService.answering("HTTP/9.9 200 OK\r\n\r\n")) {
      assertThatExceptionOfType(BadService.class)
          .isThrownBy(() -> task.run("url", service.url("/")))
          .withMessageContaining("does not speak HTTP/1.1");
    }
  }

  @Test
  void failsWhenTheCertificateIsNotTrusted() throws Exception {
    try (TestService service = TestService.selfSigned(folder)) {
      assertThatExceptionOfType(BadService.class)
          .isThrownBy(() -> task.run("url", service.url("/").replace("http:", "https:")))
          .withMessageContaining("certificate is not trusted");
      assertThat(service.requests).isEmpty();
    }
  }

  @Test
  void failsWhenTheHeadersNeverEnd() throws Exception {
    String many = "X-A: 1\r\n".repeat(300);
    String longOne = "X-A: " + "a".repeat(20_000);
    for (String headers : new String[] {many, longOne}) {
      try (RawService service = RawService.answering(HEAD + headers)) {
        assertThatExceptionOfType(BadService.class)
            .isThrownBy(() -> task.run("url", service.url("/")))
            .withMessageContaining("too many or too long headers");
      }
    }
  }

  @Test
  void isInterruptedAtOnceWhileItWaitsForTheService() throws Exception {
    try (RawService service = RawService.answering("")) {
      AtomicReference<Throwable> thrown = new AtomicReference<>();
      Thread job = start(task, service.url("/"), thrown);
      assertThat(service.connected.await(10, SECONDS)).isTrue();

      job.interrupt();

      await().until(() -> !job.isAlive());
      assertThat(thrown.get()).isInstanceOf(InterruptedException.class);
      assertThat(service.hungUp.await(10, SECONDS)).as("the connection was closed").isTrue();
    }
  }

  @Test
  void isInterruptedAtOnceWhileANameIsLookedUp() throws Exception {
    CountDownLatch lookingUp = new CountDownLatch(1);
    CountDownLatch nameServer = new CountDownLatch(1);
    AddressGuard.Lookup hanging =
        _ -> {
          lookingUp.countDown();
          awaitUninterruptibly(nameServer);
          return new InetAddress[] {};
        };
    try (HttpTaskKit slow = HttpTaskKit.guarded(hanging, _ -> true)) {
      AtomicReference<Throwable> thrown = new AtomicReference<>();
      Thread job = start(slow, "http://slow.example/", thrown);
      assertThat(lookingUp.await(10, SECONDS)).isTrue();

      job.interrupt();

      await().until(() -> !job.isAlive());
      assertThat(thrown.get()).isInstanceOf(InterruptedException.class);
    } finally {
      nameServer.countDown();
    }
  }

  /** Ten connections are all there are here; those of calls that ended badly must come back. */
  @Test
  void givesEveryConnectionBack() throws Exception {
    try (TestService service = new TestService()) {
      service.on("/large", Answer.of(200, "x".repeat(HttpTaskKit.MAX_RESPONSE + 1)));
      service.on("/wrong", Answer.of(404, "x".repeat(5000)));
      service.on("/moved", Answer.of(302, "body").with("Location", "/wrong"));
      service.on("/good", Answer.of(200, "ok"));
      for (int i = 0; i < 15; i++) {
        for (String path : new String[] {"/large", "/wrong", "/moved"}) {
          assertThatExceptionOfType(HttpTaskException.class)
              .isThrownBy(() -> task.run("url", service.url(path)));
        }
      }
      try (RawService stalled = RawService.answering("")) {
        for (int i = 0; i < 15; i++) {
          assertThatExceptionOfType(RetrySignal.class)
              .isThrownBy(() -> task.run("url", stalled.url("/"), "timeout", "20ms"));
        }
      }
      assertThat(task.run("url", service.url("/good")).body()).isEqualTo("ok");
    }
  }

  @Test
  void failuresOfDifferentKindsAndServicesHaveDifferentFingerprints() throws Exception {
    try (ScriptedService one = new ScriptedService();
        ScriptedService other = new ScriptedService()) {
      for (ScriptedService service : new ScriptedService[] {one, other}) {
        for (String status : new String[] {"404", "500", "503"}) {
          service.on(
              "/" + status, ScriptedService.bytes(ScriptedService.answer(status + " X", "")));
        }
        service.on("/none", ScriptedService.HANG_UP);
      }
      String host = URI.create(one.url("")).getAuthority();

      assertThat(fingerprint(one.url("/404"))).startsWith("404 from " + host + ":");
      assertThat(fingerprint(one.url("/404"))).isEqualTo(fingerprint(one.url("/404")));
      assertThat(fingerprint(one.url("/503"))).startsWith("503 from " + host + ":");
      assertThat(fingerprint(one.url("/none"))).startsWith("NoHttpResponseException at " + host);
      assertThat(
              Stream.of("/404", "/500", "/503", "/none")
                  .flatMap(path -> Stream.of(one.url(path), other.url(path)))
                  .map(this::fingerprint))
          .doesNotHaveDuplicates();
    }
  }

  /** Of the failure that is stored, or of the retries' when they are used up. */
  private String fingerprint(String url) {
    Throwable thrown = catchThrowable(() -> task.run("url", url));
    if (thrown instanceof RetrySignal) {
      Throwable cause = Objects.requireNonNull(task.job.retryAsked().cause());
      FailureOrigin origin = FailureOrigin.of(cause);
      return Fingerprint.of(
          "mrq.tasks.Http", new Failure("MaxRetriesInterrupt", "used up", null, origin));
    }
    return Fingerprint.of("mrq.tasks.Http", Failure.of(thrown));
  }

  private void assertRetried(String url, String reason) {
    assertThatExceptionOfType(RetrySignal.class)
        .isThrownBy(() -> task.run("url", url, "headers", Map.of("Authorization", "secret")));
    assertThat(task.job.retryAsked().reason()).contains(reason).doesNotContain("secret");
    assertThat(task.job.retryAsked().cause()).isInstanceOf(IOException.class);
    assertThat(task.job.retryAsked().delay()).as("by the back-off").isNull();
  }

  private static Thread start(HttpTaskKit task, String url, AtomicReference<Throwable> thrown) {
    return Thread.ofVirtual()
        .start(() -> {
          try {
            task.run("url", url);
          } catch (Throwable e) {
            thrown.set(e);
          }
        });
  }

  private static void awaitUninterruptibly(CountDownLatch latch) {
    while (true) {
      try {
        latch.await();
        return;
      } catch (InterruptedException _) {
        // As the native lookup, which knows no interrupt.
      }
    }
  }
}
