package io.mrq.api.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mrq.api.ApiTestApplication;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.core.env.Environment;
import org.springframework.mock.env.MockEnvironment;

/** On which addresses the service starts. */
@ExtendWith(OutputCaptureExtension.class)
class BindGuardTest {
  private static final AccessProperties OPEN =
      new AccessProperties(false, false, List.of(), List.of());

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "127.9.9.9", "::1", "localhost"})
  void aLoopbackAddressIsFine(String address) {
    assertThatCode(() -> guard(address, false)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.0.0.0", "::", "192.0.2.1", "2001:db8::1"})
  void anyOtherAddressIsRefused(String address) {
    assertThatThrownBy(() -> guard(address, false))
        .isInstanceOf(InsecureBindException.class)
        .hasMessageContaining(
            "listen on a loopback address only, but server.address is "
                + InetAddress.ofLiteral(address).getHostAddress());
  }

  // AUTH-01, BUG-17
  @Test
  void noAddressMeansEveryAddressAndIsRefused() {
    assertThatThrownBy(() -> guard(new ServerProperties(), new MockEnvironment(), OPEN))
        .isInstanceOf(InsecureBindException.class)
        .hasMessageContaining("server.address is not set, which means every address");
  }

  // AUTH-04
  @Test
  void theServiceEndsWithOneSentenceAndOpensNoPort(CapturedOutput output) {
    assertThatThrownBy(() -> ApiTestApplication.start("--server.address=0.0.0.0"))
        .rootCause()
        .isInstanceOf(InsecureBindException.class);

    assertThat(output)
        .contains("APPLICATION FAILED TO START")
        .contains("listen on a loopback address only, but server.address is 0.0.0.0")
        .contains("Configure users with mrq.api.users[0].name")
        .contains("or set mrq.api.allow-insecure=true")
        .doesNotContain("\tat ", "Tomcat started");
  }

  @Test
  void whenSomebodySaysSoItListensLoudlyAndAnswersUnderEveryName(CapturedOutput output) {
    String post =
        """
        POST /api/v1/jobs HTTP/1.1
        Host: mrq.example
        Origin: https://mrq.example
        Sec-Fetch-Site: same-origin
        Cookie: XSRF-TOKEN=t
        X-XSRF-TOKEN: t
        Content-Type: application/json
        Content-Length: 14
        Connection: close

        {"path":"a.B"}\
        """;
    try (ApiTestApplication service =
        ApiTestApplication.start("--server.address=0.0.0.0", "--mrq.api.allow-insecure=true")) {
      assertThat(service.api().raw(post.replace("\n", "\r\n"))).startsWith("HTTP/1.1 201");
    }
    assertThat(output).contains("WARN").contains("INSECURE").contains("0.0.0.0");
  }

  @Test
  void withAUserOrAKeyEveryAddressIsFine() {
    AccessProperties user =
        new AccessProperties(
            false,
            false,
            List.of(new AccessProperties.User("ann", "secret", Role.VIEWER)),
            List.of());
    AccessProperties key =
        new AccessProperties(
            false,
            false,
            List.of(),
            List.of(new AccessProperties.Key("ci", "k".repeat(32), Role.OPERATOR)));

    assertThatCode(() -> guard(new ServerProperties(), new MockEnvironment(), user))
        .doesNotThrowAnyException();
    assertThatCode(() -> guard(new ServerProperties(), new MockEnvironment(), key))
        .doesNotThrowAnyException();
  }

  @Test
  void aPortOfItsOwnForManagementIsJudgedToo() throws UnknownHostException {
    ServerProperties server = new ServerProperties();
    server.setAddress(InetAddress.getByName("127.0.0.1"));
    MockEnvironment environment = new MockEnvironment();
    environment.setProperty("management.server.port", "9090");

    assertThatThrownBy(() -> guard(server, environment, OPEN))
        .isInstanceOf(InsecureBindException.class)
        .hasMessageContaining("management.server.address is not set");

    environment.setProperty("management.server.address", "127.0.0.1");
    assertThatCode(() -> guard(server, environment, OPEN)).doesNotThrowAnyException();
  }

  private static void guard(String address, boolean allowed) throws UnknownHostException {
    ServerProperties server = new ServerProperties();
    server.setAddress(InetAddress.getByName(address));
    guard(
        server, new MockEnvironment(), new AccessProperties(allowed, false, List.of(), List.of()));
  }

  private static void guard(
      ServerProperties server, Environment environment, AccessProperties access) {
    new BindGuard(server, environment, access, new Accounts(access, InstantSource.system()));
  }
}
