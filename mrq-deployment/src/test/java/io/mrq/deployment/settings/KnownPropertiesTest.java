package io.mrq.deployment.settings;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class KnownPropertiesTest {
  private final KnownProperties known = KnownProperties.ofTheClassPath();

  @Test
  void knowsOurOwnAndSprings() {
    assertThat(known.find("mrq.worker.slots")).isPresent();
    assertThat(known.find("mrq.tasks.http.allowPrivateAddresses")).isPresent();
    assertThat(known.find("mrq.worker.queues[1]")).isPresent();
    assertThat(known.find("spring.lifecycle.timeout-per-shutdown-phase")).isPresent();
    assertThat(known.find("server.servlet.context-path")).isPresent();
    assertThat(known.find("logging.level.org.example")).isPresent();
    assertThat(known.findVariable("SPRING_DATA_REDIS_PASSWORD")).isPresent();
    assertThat(known.findVariable("MRQ_TASKS_HTTP_MAXCONNECTIONS")).isPresent();
    assertThat(known.findVariable("SPRING_LIFECYCLE_TIMEOUTPERSHUTDOWNPHASE")).isPresent();
  }

  @Test
  void doesNotKnowWhatNoServiceHas() {
    assertThat(known.find("mrq.worker.slot")).isEmpty();
    assertThat(known.find("mrq.worker")).isEmpty();
    assertThat(known.findVariable("MRQ_WORKER_SLOT")).isEmpty();
    assertThat(known.findVariable("SPRING_LIFECYCLE_TIMEOUT_PER_SHUTDOWN_PHASE")).isEmpty();
    assertThat(known.find("spring.data.mongodb.uri")).as("no longer bound").isEmpty();
  }
}
