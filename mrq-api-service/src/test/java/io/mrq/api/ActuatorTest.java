package io.mrq.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.mrq.api.ApiTestStores.TestHealth;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Health and metrics. */
@ApiTest
class ActuatorTest {
  private final Api api;
  private final TestHealth health;

  ActuatorTest(Api api, TestHealth health) {
    this.api = api;
    this.health = health;
  }

  @AfterEach
  void allIsWell() {
    health.mongo = "UP";
    health.redis = "UP";
  }

  @Test
  void withBothStoresItIsUp() {
    assertThat(api.get("/actuator/health").is(200).text("/status")).isEqualTo("UP");
    assertThat(api.get("/actuator/health/liveness").is(200).text("/status")).isEqualTo("UP");
    assertThat(api.get("/actuator/health/readiness").is(200).text("/status")).isEqualTo("UP");
  }

  @Test
  void redisAwayIsDegradedAndStillServed() {
    health.redis = "DEGRADED";

    Answer answer = api.get("/actuator/health").is(200);

    assertThat(answer.text("/status")).isEqualTo("DEGRADED");
    assertThat(answer.text("/components/mrqRedis/status")).isEqualTo("DEGRADED");
    api.get("/actuator/health/readiness").is(200);
    api.get("/actuator/health/liveness").is(200);
  }

  @Test
  void withoutMongoItIsNotReadyButAlive() {
    health.mongo = "DOWN";
    health.redis = "DEGRADED";

    assertThat(api.get("/actuator/health").is(503).text("/status")).isEqualTo("DOWN");
    assertThat(api.get("/actuator/health/readiness").is(503).text("/components/mrqMongo/status"))
        .isEqualTo("DOWN");
    api.get("/actuator/health/liveness").is(200);
  }

  @Test
  void metricsAreThereForPrometheus() {
    api.get("/api/v1/queues").is(200);

    Answer answer = api.get("/actuator/prometheus").is(200);

    assertThat(answer.header("Content-Type")).startsWith("text/plain");
    assertThat(answer.body())
        .contains("http_server_requests_seconds_count")
        .contains("uri=\"/api/v1/queues\"")
        .contains("jvm_memory_used_bytes");
  }
}
