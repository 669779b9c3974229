package io.mrq.engine.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.mrq.job.JobId;
import io.mrq.job.JobStatus;
import io.mrq.job.WorkerId;
import io.mrq.worker.WorkerStore;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A drain that an operator asks for, and its end. */
class WorkerDrainTest {
  private final WorkerBench bench = new WorkerBench();
  private final WorkerStore workers = bench.memory.workers();
  private final CountDownLatch open = new CountDownLatch(1);

  @AfterEach
  void close() {
    open.countDown();
    bench.close();
  }

  @Test
  void aDrainingWorkerEndsWhatItRunsAndClaimsAgainAfterwards() {
    bench.task("t", _ -> 1).task("gated", _ -> gated());
    Worker worker = bench.start();
    JobId running = bench.enqueue("gated");
    bench.awaitStatus(running, JobStatus.STARTED);

    assertThat(workers.drain(worker.id())).isTrue();
    awaitTwoBeats(worker);
    JobId waiting = bench.enqueue("t");
    open.countDown();

    bench.awaitStatus(running, JobStatus.SUCCESS);
    // A worker that claims would have taken it in these beats.
    awaitTwoBeats(worker);
    assertThat(bench.job(waiting).status()).isEqualTo(JobStatus.QUEUED);
    assertThat(bench.memory.workers().documents(1).getFirst()).containsEntry("drain", true);

    assertThat(workers.undrain(worker.id())).isTrue();
    bench.awaitStatus(waiting, JobStatus.SUCCESS);
    assertThat(bench.memory.workers().documents(1).getFirst()).doesNotContainKey("drain");
  }

  @Test
  void whatADrainingWorkerLeavesAnotherTakes() {
    bench.task("t", _ -> 1);
    Worker draining = bench.start();
    bench.awaitStatus(bench.enqueue("t"), JobStatus.SUCCESS);
    workers.drain(draining.id());
    awaitTwoBeats(draining);
    Worker other = bench.start();

    for (int i = 0; i < 20; i++) {
      JobId job = bench.enqueue("t");
      assertThat(bench.awaitStatus(job, JobStatus.SUCCESS).worker()).isEqualTo(other.id());
    }
  }

  @Test
  void aWorkerThatLosesItsLeaseGoesOnDraining() {
    bench.task("t", _ -> 1);
    Worker worker = bench.start();
    WorkerId before = worker.id();
    WorkerBench.waitFor(() -> workers.drain(before));
    awaitTwoBeats(worker);
    WorkerBench.waitFor(() ->
        bench.memory.workers().beats().stream()
            .anyMatch(beat ->
                beat.worker().equals(before)
                    && bench.memory.workers().markLost(before, beat.beat())));

    WorkerBench.waitFor(() ->
        bench.memory.workers().documents(10).stream()
            .anyMatch(document ->
                !before.hex().equals(document.get("id"))
                    && Boolean.TRUE.equals(document.get("drain"))));
  }

  private Object gated() throws InterruptedException {
    open.await();
    return 1;
  }

  private void awaitTwoBeats(Worker worker) {
    long from = beat(worker);
    WorkerBench.waitFor(() -> beat(worker) >= from + 2);
  }

  private long beat(Worker worker) {
    return bench.memory.workers().beats().stream()
        .filter(beat -> beat.worker().equals(worker.id()))
        .mapToLong(beat -> beat.beat())
        .findFirst()
        .orElse(-1);
  }
}
