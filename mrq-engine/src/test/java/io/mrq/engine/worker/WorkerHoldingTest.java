package io.mrq.engine.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.mrq.job.Job;
import io.mrq.job.JobId;
import io.mrq.job.JobStatus;
import io.mrq.queue.ServedQueues;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * A worker with one slot that knows its jobs to be short, and holds some behind one that goes on
 * and on.
 */
class WorkerHoldingTest {
  private final WorkerBench bench = new WorkerBench();
  private final CountDownLatch begun = new CountDownLatch(1);
  private final CountDownLatch open = new CountDownLatch(1);
  private volatile Runnable whenBegun = () -> {};
  private List<JobId> behind = List.of();

  @AfterEach
  void close() {
    open.countDown();
    bench.close();
  }

  private Object gated() throws InterruptedException {
    whenBegun.run();
    begun.countDown();
    open.await();
    return 1;
  }

  private static WorkerOptions options() {
    return WorkerOptions.of("test", ServedQueues.of(List.of("default")), 1)
        .with(new StopTimes(Duration.ofMillis(50), Duration.ofSeconds(5)));
  }

  /** Returns the worker when the long job runs. */
  private Worker startAndHold(WorkerOptions options) throws InterruptedException {
    bench.task("t", _ -> 1).task("gated", _ -> gated());
    for (int i = 0; i < 200; i++) {
      bench.enqueue("t");
    }
    bench.enqueue("gated");
    behind = IntStream.range(0, 4).mapToObj(_ -> bench.enqueue("t")).toList();
    Worker worker = bench.start(options);
    begun.await();
    return worker;
  }

  private void assertNeverClaimed() {
    for (JobId id : behind) {
      Job job = bench.job(id);
      assertThat(job.status()).isEqualTo(JobStatus.QUEUED);
      assertThat(job.attempt()).isZero();
      assertThat(job.crashes()).isZero();
    }
  }

  private void awaitGivenBack() {
    WorkerBench.waitFor(() -> bench.jobs.calls("giveBack") > 0);
    WorkerBench.waitFor(
        () -> behind.stream().allMatch(id -> bench.job(id).status() == JobStatus.QUEUED));
  }

  @Test
  void aBodyThatGoesOnKeepsNothingFromOtherWorkers() throws InterruptedException {
    Worker worker = startAndHold(options());
    awaitGivenBack();
    assertNeverClaimed();

    Worker other = bench.start(options());

    for (JobId id : behind) {
      Job job = bench.awaitStatus(id, JobStatus.SUCCESS);
      assertThat(job.worker()).isEqualTo(other.id()).isNotEqualTo(worker.id());
      assertThat(job.attempt()).isEqualTo(1);
    }
  }

  @Test
  void aWorkerThatStopsLeavesNothingThatItHeld() throws InterruptedException {
    Worker worker = startAndHold(options());

    worker.stop();

    assertNeverClaimed();
  }

  @Test
  void aWorkerThatDrainsLeavesNothingThatItHeld() throws InterruptedException {
    Worker worker = startAndHold(options());

    bench.memory.workers().drain(worker.id());

    awaitGivenBack();
    assertNeverClaimed();
  }

  @Test
  void whatIsHeldOfAQueueThatIsPausedGoesBack() throws InterruptedException {
    startAndHold(options());

    bench.memory.pauses().pause("default", "who", "why", Instant.now());

    awaitGivenBack();
    assertNeverClaimed();
  }

  @Test
  void aGivingBackWhoseReplyIsLostIsRepeatedAndCountsOnce() throws InterruptedException {
    // Not before: on a slow machine the long job may be held too long and be given back itself.
    whenBegun = () -> bench.jobs.loseReplies("giveBack", 2);
    startAndHold(options());

    awaitGivenBack();
    WorkerBench.waitFor(() -> bench.jobs.calls("giveBack") > 2);

    assertNeverClaimed();
  }

  @Test
  void whatAStopCutsBeforeItIsLoadedGoesBackWithoutACrash() {
    bench.task("t", _ -> 1);
    behind = IntStream.range(0, 20).mapToObj(_ -> bench.enqueue("t")).toList();
    bench.jobs.loseReplies("claimed", 1_000);
    Duration soon = Duration.ofMillis(50);
    Worker worker =
        bench.start(
            WorkerOptions.of("test", ServedQueues.of(List.of("default")), 5)
                .with(new StopTimes(soon, soon)));
    WorkerBench.waitFor(() -> bench.jobs.calls("claimed") > 0);

    worker.stop();

    for (JobId id : behind) {
      assertThat(bench.job(id).status()).isEqualTo(JobStatus.QUEUED);
      assertThat(bench.job(id).crashes()).isZero();
    }
  }

  @Test
  void aWorkerThatMayNotHoldClaimsOnlyWhatItHasSlotsFor() throws InterruptedException {
    startAndHold(options().withoutHolding());

    assertNeverClaimed();
    assertThat(bench.jobs.calls("giveBack")).isZero();
  }
}
