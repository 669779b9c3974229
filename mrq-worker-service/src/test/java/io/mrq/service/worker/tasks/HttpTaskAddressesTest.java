package io.mrq.service.worker.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.mrq.service.worker.tasks.HttpTaskException.AddressRefused;
import io.mrq.service.worker.tasks.TestService.Answer;
import io.mrq.task.InvalidParamsException;
import io.mrq.task.RetrySignal;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the task refuses to connect to. A real service listens, and must not be asked. */
class HttpTaskAddressesTest {
  private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");
  private static final InetAddress OTHER_LOOPBACK = InetAddress.ofLiteral("127.0.0.2");

  private TestService service;

  @BeforeEach
  void start() throws IOException {
    service = new TestService().on("/", Answer.of(200, "internal"));
  }

  @AfterEach
  void stop() {
    service.close();
    assertThat(service.requests).as("requests that reached the service").isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "127.1.2.3",
        "0.0.0.0",
        "2130706433",
        "localhost",
        "LOCALHOST",
        "[::1]",
        "[0:0:0:0:0:0:0:1]",
        "[::]",
        "[::ffff:7f00:1]",
        "[64:ff9b::7f00:1]",
        "[fe80::1]",
        "[fd00:ec2::254]",
        "10.0.0.1",
        "192.168.0.1",
        "169.254.169.254",
        "100.64.0.1"
      })
  void refusesHowEverThePrivateAddressIsWritten(String host) throws Exception {
    try (HttpTaskKit task = HttpTaskKit.publicOnly()) {
      assertThatExceptionOfType(AddressRefused.class)
          .isThrownBy(() -> task.run("url", "http://" + host + ":" + service.port() + "/"))
          .withMessageContaining("which is not public")
          .withMessageContaining("mrq.tasks.http.allow-private-addresses=true");
    }
  }

  /** These are loopback to some systems, and no address or no host to others. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.1",
        "127.0.1",
        "0177.0.0.1",
        "017700000001",
        "0x7f.0.0.1",
        "0x7f000001",
        "0",
        "localhost.",
        "[::ffff:127.0.0.1]",
        "%31%32%37.0.0.1",
        "127。0。0。1"
      })
  void connectsToNoAmbiguousForm(String host) throws Exception {
    try (HttpTaskKit task = HttpTaskKit.publicOnly()) {
      assertThatExceptionOfType(Throwable.class)
          .isThrownBy(
              () -> task.run("url", "http://" + host + ":" + service.port() + "/", "timeout", "2s"))
          .isInstanceOfAny(AddressRefused.class, RetrySignal.class, InvalidParamsException.class);
    }
  }

  @Test
  void refusesANameThatResolvesToAPrivateAddress() throws Exception {
    try (HttpTaskKit task =
        HttpTaskKit.guarded(_ -> new InetAddress[] {LOOPBACK}, PublicAddresses::contains)) {
      assertThatExceptionOfType(AddressRefused.class)
          .isThrownBy(() -> task.run("url", "http://harmless.example:" + service.port() + "/"))
          .withMessageContaining("'harmless.example' is the address 127.0.0.1");
    }
  }

  @Test
  void refusesANameWithOnePrivateAddressAmongPublicOnes() throws Exception {
    InetAddress[] mixed = {InetAddress.ofLiteral("1.1.1.1"), LOOPBACK};
    try (HttpTaskKit task = HttpTaskKit.guarded(_ -> mixed, PublicAddresses::contains)) {
      assertThatExceptionOfType(AddressRefused.class)
          .isThrownBy(() -> task.run("url", "http://mixed.example:" + service.port() + "/"));
    }
  }

  /** The allowed address refuses the connection; a second lookup would lead to the service. */
  @Test
  void looksUpOnceAndConnectsToWhatWasChecked() throws Exception {
    AtomicInteger lookups = new AtomicInteger();
    AddressGuard.Lookup rebinding =
        _ -> new InetAddress[] {lookups.getAndIncrement() == 0 ? OTHER_LOOPBACK : LOOPBACK};
    try (HttpTaskKit task = HttpTaskKit.guarded(rebinding, OTHER_LOOPBACK::equals)) {
      String url = "http://rebinding.example:" + service.port() + "/";

      assertThatExceptionOfType(RetrySignal.class).isThrownBy(() -> task.run("url", url));
      assertThat(lookups).as("lookups of the first attempt").hasValue(1);

      assertThatExceptionOfType(AddressRefused.class).isThrownBy(() -> task.run("url", url));
    }
  }

  @Test
  void checksTheTargetOfARedirect() throws Exception {
    try (TestService outside = new TestService("127.0.0.2");
        HttpTaskKit task = HttpTaskKit.guarded(InetAddress::getAllByName, OTHER_LOOPBACK::equals)) {
      outside.on("/", Answer.of(302, "").with("Location", service.url("/")));

      assertThatExceptionOfType(AddressRefused.class)
          .isThrownBy(() -> task.run("url", "http://127.0.0.2:" + outside.port() + "/"));
      assertThat(outside.requests).hasSize(1);
    }
  }

  @Test
  void triesAgainLaterWhenANameIsNotKnown() throws Exception {
    AddressGuard.Lookup unknown =
        host -> {
          throw new UnknownHostException(host);
        };
    try (HttpTaskKit task = HttpTaskKit.guarded(unknown, _ -> true)) {
      assertThatExceptionOfType(RetrySignal.class)
          .isThrownBy(() -> task.run("url", "http://nowhere.example/"));
      assertThat(task.job.retryAsked().reason())
          .startsWith("GET http://nowhere.example/ failed: ")
          .contains("UnknownHostException");
    }
  }
}
