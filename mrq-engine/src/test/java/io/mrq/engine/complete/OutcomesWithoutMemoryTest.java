package io.mrq.engine.complete;

import static org.assertj.core.api.Assertions.assertThat;

import io.mrq.engine.worker.StopTimes;
import io.mrq.engine.worker.Worker;
import io.mrq.engine.worker.WorkerBench;
import io.mrq.engine.worker.WorkerOptions;
import io.mrq.engine.worker.WorkerPeriod;
import io.mrq.engine.worker.WorkerPeriods;
import io.mrq.job.JobId;
import io.mrq.job.JobStatus;
import io.mrq.queue.ServedQueues;
import io.mrq.task.JobContext;
import io.mrq.task.TaskSettings;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An outcome that finds no memory when it is encoded is encoded again, and stays what it is. */
class OutcomesWithoutMemoryTest {
  private final WorkerBench bench = new WorkerBench();
  private final AtomicInteger tries = new AtomicInteger();

  @BeforeEach
  void noMemoryForTheFirst() {
    bench.jobs.beforePreparing(_ -> {
      if (tries.getAndIncrement() == 0) {
        throw new OutOfMemoryError("while encoding");
      }
    });
  }

  @AfterEach
  void close() {
    bench.close();
  }

  private Worker start() {
    return bench.start(
        WorkerOptions.of("test", ServedQueues.of(List.of("default")), 4)
            .with(new StopTimes(Duration.ofMillis(10), Duration.ofMillis(100)))
            .with(
                WorkerPeriods.DEFAULT
                    .with(WorkerPeriod.BEAT, Duration.ofSeconds(1))
                    .with(WorkerPeriod.AUDIT, Duration.ofSeconds(1))));
  }

  private void waitForEver() throws InterruptedException {
    new CountDownLatch(1).await();
  }

  @Test
  void aRetryIsStillARetry() {
    bench.task(
        "t",
        _ -> {
          throw JobContext.current().orElseThrow().retry("again", Duration.ofHours(1));
        });
    start();
    JobId id = bench.enqueue("t");
    assertThat(bench.awaitStatus(id, JobStatus.RETRY).retryCount()).isEqualTo(1);
    assertThat(tries).hasValue(2);
  }

  @Test
  void aTimeoutIsStillATimeout() {
    bench.task(
        "t",
        _ -> {
          waitForEver();
          return 1;
        });
    start();
    JobId id = bench.enqueue("t", r -> r.timeout(Duration.ofMillis(50)));
    bench.awaitStatus(id, JobStatus.TIMEOUT);
    assertThat(tries).hasValue(2);
  }

  @Test
  void aFailureTellsWhatTheTaskThrew() {
    bench.task(
        "t",
        _ -> {
          throw new IllegalStateException("no luck");
        });
    start();
    JobId id = bench.enqueue("t");
    assertThat(bench.awaitStatus(id, JobStatus.FAILED).exceptiontype())
        .isEqualTo("IllegalStateException");
  }

  @Test
  void aResultForWhichThereIsNoMemoryDoesNotRunItsBodyAgain() {
    bench.jobs.beforePreparing(_ -> {
      if (tries.getAndIncrement() < 2) {
        throw new OutOfMemoryError("while encoding");
      }
    });
    AtomicInteger bodies = new AtomicInteger();
    bench.task(
        "t",
        TaskSettings.builder().maxRetries(3).retryOn(Throwable.class).build(),
        _ -> bodies.incrementAndGet());
    start();
    JobId id = bench.enqueue("t");
    assertThat(bench.awaitStatus(id, JobStatus.FAILED).retryCount()).isZero();
    assertThat(bodies).hasValue(1);
  }
}
