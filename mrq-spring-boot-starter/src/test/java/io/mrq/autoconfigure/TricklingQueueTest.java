package io.mrq.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mrq.client.JobClient;
import io.mrq.client.JobInspector;
import io.mrq.client.JobRequest;
import io.mrq.job.JobId;
import io.mrq.task.MrqTask;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Bean;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** On a real Redis: one job a second on one queue does not keep a worker from its other queue. */
@SpringBootTest(
    webEnvironment = SpringBootTest.WebEnvironment.NONE,
    properties = "mrq.worker.queues=urgent,bulk")
@DirtiesContext
class TricklingQueueTest {
  /** So long does Redis keep a worker's note that it waits, and then some. */
  private static final int BEFORE = 12;

  /** More than twice the time after which a worker looks into all its queues. */
  private static final int AFTER = 12;

  @TempDir static Path data;

  @Autowired private JobClient client;
  @Autowired private JobInspector inspector;

  @DynamicPropertySource
  static void stores(DynamicPropertyRegistry properties) {
    properties.add("mrq.embedded.data-dir", data::toString);
  }

  private boolean isDone(JobId id) {
    return inspector.find(id).orElseThrow().status().isFinal();
  }

  /** Enqueues a job on {@code bulk} a second, until so many are, or the other job has ended. */
  private int trickle(int most, JobId other) {
    AtomicInteger sent = new AtomicInteger();
    await()
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofSeconds(1))
        .atMost(Duration.ofMinutes(2))
        .until(() -> {
          client.enqueue(JobRequest.of("works").queue("bulk"));
          return sent.incrementAndGet() == most || isDone(other);
        });
    return sent.get();
  }

  @Test
  void aJobOnTheOtherQueueRunsWhileTheTrickleGoesOn() {
    JobId never = client.enqueue(JobRequest.of("works").delay(Duration.ofHours(1))).id();
    trickle(BEFORE, never);

    JobId urgent = client.enqueue(JobRequest.of("works").queue("urgent")).id();

    assertThat(trickle(AFTER, urgent)).isLessThan(AFTER);
    assertThat(isDone(urgent)).isTrue();
  }

  @SpringBootConfiguration
  @EnableAutoConfiguration
  static class Application {
    @Bean
    Works works() {
      return new Works();
    }
  }

  static class Works {
    @MrqTask("works")
    int works() {
      return 1;
    }
  }
}
