package io.mrq.api.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mrq.api.ApiTestApplication;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** On which addresses the service starts. */
@ExtendWith(OutputCaptureExtension.class)
class BindGuardTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--server.address=127.0.0.1",
        "--server.address=localhost",
        "--mrq.api.allow-insecure=false"
      })
  void aLoopbackAddressIsFine(String argument) {
    try (ApiTestApplication service = ApiTestApplication.start(argument)) {
      assertThat(service.api().get("/api/v1/queues").status()).isEqualTo(200);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.0.0.0", "::", "192.0.2.1", ""})
  void anyOtherIsRefusedWithOneSentence(String address, CapturedOutput output) {
    assertThatThrownBy(() -> ApiTestApplication.start("--server.address=" + address))
        .rootCause()
        .isInstanceOf(InsecureBindException.class);

    assertThat(output)
        .contains("APPLICATION FAILED TO START")
        .contains("listens on a loopback address only, but server.address is")
        .contains("Leave server.address out (it is 127.0.0.1), or set mrq.api.allow-insecure=true")
        .doesNotContain("\tat ");
  }

  @Test
  void itIsAllowedWhenSomebodySaysSoAndTheLogIsLoud(CapturedOutput output) {
    try (ApiTestApplication service =
        ApiTestApplication.start("--server.address=0.0.0.0", "--mrq.api.allow-insecure=true")) {
      assertThat(service.api().get("/api/v1/queues").status()).isEqualTo(200);
    }
    assertThat(output).contains("WARN").contains("INSECURE").contains("0.0.0.0");
  }

  @Test
  void behindAProxyEveryNameAndEveryOriginIsAnswered() {
    try (ApiTestApplication service =
        ApiTestApplication.start("--server.address=0.0.0.0", "--mrq.api.allow-insecure=true")) {
      assertThat(
              service
                  .api()
                  .raw(
                      "POST /api/v1/jobs HTTP/1.1\r\nHost: mrq.example\r\nOrigin: https://mrq.example\r\n"
                          + "Sec-Fetch-Site: same-origin\r\nContent-Type: application/json\r\nContent-Length: 14\r\n"
                          + "Connection: close\r\n\r\n{\"path\":\"a.B\"}"))
          .startsWith("HTTP/1.1 201");
    }
  }
}
