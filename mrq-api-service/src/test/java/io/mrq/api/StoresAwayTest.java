package io.mrq.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** The service as it is shipped, before its stores are there. */
class StoresAwayTest {

  @Test
  void itStartsAnswersThatItIsNotReadyAndTellsCallersToTryAgain() throws IOException {
    int nobody = freePort();
    try (ConfigurableApplicationContext service =
        SpringApplication.run(
            MrqApiApplication.class,
            "--server.port=0",
            "--mrq.embedded.enabled=false",
            "--spring.mongodb.uri=mongodb://127.0.0.1:%d/mrq".formatted(nobody),
            "--spring.data.redis.port=" + nobody,
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

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
