package io.mrq.engine.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.mrq.engine.worker.StopTimes;
import io.mrq.engine.worker.WorkerBench;
import io.mrq.engine.worker.WorkerOptions;
import io.mrq.engine.worker.WorkerPeriod;
import io.mrq.engine.worker.WorkerPeriods;
import io.mrq.job.JobId;
import io.mrq.job.JobStatus;
import io.mrq.queue.ServedQueues;
import io.mrq.task.JobContext;
import io.mrq.test.builder.JobBuilder;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Bodies that go on after their run has asked for its end. */
class LongBodiesTest {
  private final WorkerBench bench = new WorkerBench();
  private final CountDownLatch open = new CountDownLatch(1);
  private final AtomicInteger bodies = new AtomicInteger();
  private final AtomicInteger mostAtOnce = new AtomicInteger();
  private final AtomicInteger interrupts = new AtomicInteger();

  @AfterEach
  void close() {
    open.countDown();
    bench.close();
  }

  private static WorkerOptions options() {
    return WorkerOptions.of("test", ServedQueues.of(List.of("default")), 4)
        .with(new StopTimes(Duration.ofMillis(10), Duration.ofMillis(100)))
        .with(
            WorkerPeriods.DEFAULT
                .with(WorkerPeriod.BEAT, Duration.ofSeconds(1))
                .with(WorkerPeriod.AUDIT, Duration.ofSeconds(1)));
  }

  private static JobContext context() {
    return JobContext.current().orElseThrow();
  }

  /** Asks for a retry in its first run, and goes on as if nothing had been. */
  private Object swallowsItsRetry() throws InterruptedException {
    mostAtOnce.accumulateAndGet(bodies.incrementAndGet(), Math::max);
    try {
      if (context().job().attempt() == 1) {
        askAndGoOn();
      }
      return "done";
    } finally {
      bodies.decrementAndGet();
    }
  }

  private void askAndGoOn() {
    try {
      context().retry("again", Duration.ZERO);
    } catch (Throwable swallowed) {
      // As a base class does that catches all.
    }
    ignoreInterruptsUntilOpen();
  }

  private void ignoreInterruptsUntilOpen() {
    while (open.getCount() > 0) {
      try {
        open.await();
      } catch (InterruptedException ignored) {
        interrupts.incrementAndGet();
      }
    }
  }

  @Test
  void theNextRunDoesNotBeginBeforeTheBodyHasEnded() {
    bench.task("t", _ -> swallowsItsRetry()).start(options());
    JobId id = bench.enqueue("t");
    WorkerBench.waitFor(() -> interrupts.get() == 1);
    int audits = bench.jobs.calls("runsOf");
    WorkerBench.waitFor(() -> bench.jobs.calls("runsOf") > audits + 10);
    assertThat(bench.job(id).status()).isEqualTo(JobStatus.STARTED);
    open.countDown();
    assertThat(bench.awaitStatus(id, JobStatus.SUCCESS).attempt()).isEqualTo(2);
    assertThat(mostAtOnce).hasValue(1);
    assertThat(interrupts).as("once, and not in every pass").hasValue(1);
  }

  @Test
  void aBodyThatIgnoresItsInterruptBeyondItsTimeoutGetsNoNextRun() {
    bench.task("t", _ -> swallowsItsRetry()).start(options());
    JobId id = bench.enqueue("t", r -> r.timeout(Duration.ofMillis(50)));
    bench.awaitStatus(id, JobStatus.TIMEOUT);
    assertThat(bodies).as("the body goes on, in its slot").hasValue(1);
    open.countDown();
    WorkerBench.waitFor(() -> bodies.get() == 0);
    assertThat(bench.job(id).status()).isEqualTo(JobStatus.TIMEOUT);
  }

  @Test
  void aBodyThatEndsByTheInterruptOfItsTimeoutGetsTheRetryItAskedFor() {
    bench
        .task(
            "t",
            _ -> {
              try {
                context().retry("again", Duration.ofHours(1));
              } catch (Throwable swallowed) {
                open.await();
              }
              return "done";
            })
        .start(WorkerOptions.of("test", ServedQueues.of(List.of("default")), 4));
    JobId id = bench.enqueue("t", r -> r.timeout(Duration.ofMillis(50)));
    bench.awaitStatus(id, JobStatus.RETRY);
  }

  @Test
  void anAbortIsStoredAlthoughTheBodyGoesOn() {
    bench
        .task(
            "t",
            _ -> {
              try {
                context().abort("no use");
              } catch (Throwable swallowed) {
                ignoreInterruptsUntilOpen();
              }
              return "done";
            })
        .start(options());
    JobId id = bench.enqueue("t");
    bench.awaitStatus(id, JobStatus.ABORT);
    assertThat(interrupts).hasValue(1);
  }

  @Test
  void aTimeoutBeyondAllNanosecondsLeavesTheOthersAlone() {
    bench.task(
        "t",
        _ -> {
          open.await();
          return 1;
        });
    JobId forEver = bench.enqueue("t");
    bench.memory.insertAsIs(
        JobBuilder.like(bench.job(forEver)).timeout(Duration.ofSeconds(Long.MAX_VALUE)).build());
    bench.start(options());
    WorkerBench.waitFor(() -> bench.job(forEver).status() == JobStatus.STARTED);
    JobId other = bench.enqueue("t", r -> r.timeout(Duration.ofMillis(100)));
    bench.awaitStatus(other, JobStatus.TIMEOUT);
    assertThat(bench.job(forEver).status()).isEqualTo(JobStatus.STARTED);
  }
}
