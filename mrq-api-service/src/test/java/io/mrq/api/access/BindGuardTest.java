package io.mrq.api.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mrq.api.ApiProperties;
import io.mrq.api.ApiTestApplication;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;

/** On which addresses the service starts. */
@ExtendWith(OutputCaptureExtension.class)
class BindGuardTest {

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
            "listens on a loopback address only, but server.address is "
                + InetAddress.ofLiteral(address).getHostAddress());
  }

  @Test
  void noAddressMeansEveryAddressAndIsRefused() {
    assertThatThrownBy(() -> new BindGuard(new ServerProperties(), new ApiProperties(false)))
        .isInstanceOf(InsecureBindException.class)
        .hasMessageContaining("server.address is not set, which means every address");
  }

  @Test
  void theServiceEndsWithOneSentenceAndOpensNoPort(CapturedOutput output) {
    assertThatThrownBy(() -> ApiTestApplication.start("--server.address=0.0.0.0"))
        .rootCause()
        .isInstanceOf(InsecureBindException.class);

    assertThat(output)
        .contains("APPLICATION FAILED TO START")
        .contains("listens on a loopback address only, but server.address is 0.0.0.0")
        .contains("Leave server.address out (it is 127.0.0.1), or set mrq.api.allow-insecure=true")
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

  private static void guard(String address, boolean allowed) throws UnknownHostException {
    ServerProperties server = new ServerProperties();
    server.setAddress(InetAddress.getByName(address));
    new BindGuard(server, new ApiProperties(allowed));
  }
}
