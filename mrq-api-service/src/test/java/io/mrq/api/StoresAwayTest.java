package io.mrq.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** The service as it is shipped, before its stores are there. */
class StoresAwayTest {

  @Test
  void itStartsAnswersThatItIsNotReadyAndTellsCallersToTryAgain() throws IOException {
    try (Socket nobody = takenButDeaf();
        ConfigurableApplicationContext service =
            SpringApplication.run(
                MrqApiApplication.class,
                "--server.port=0",
                "--mrq.embedded.enabled=false",
                "--spring.mongodb.uri=mongodb://127.0.0.1:%d/mrq".formatted(nobody.getLocalPort()),
                "--spring.data.redis.port=" + nobody.getLocalPort(),
                "--" + StarterSwitchedOff.REAL_STORES + "=true")) {
      Api api =
          new Api(() ->
              service.getEnvironment().getRequiredProperty("local.server.port", Integer.class));

      Answer answer =
          api.enqueue("{\"path\":\"a.B\"}").isProblem(503, "store-unavailable").saying("MongoDB");

      assertThat(answer.header("Retry-After")).isNotEmpty();
      api.get("/api/v1/jobs").isProblem(503, "store-unavailable");
      api.enqueue("{\"path\":\"a b\"}").isProblem(400, "invalid-job");
      api.get("/actuator/health/liveness").is(200);
      api.get("/actuator/health/readiness").is(503);
    }
  }

  /** Nobody else gets this port, and whoever calls it is refused. */
  private static Socket takenButDeaf() throws IOException {
    Socket socket = new Socket();
    socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    return socket;
  }
}
