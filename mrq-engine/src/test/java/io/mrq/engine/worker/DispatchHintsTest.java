package io.mrq.engine.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.mrq.client.JobRequest;
import io.mrq.job.JobId;
import io.mrq.job.JobStatus;
import io.mrq.job.ReadyJob;
import io.mrq.queue.ServedQueues;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Ids in the index are hints: doubled, late and stale ones run nothing twice (protocol §10). */
class DispatchHintsTest {
  private final WorkerBench bench = new WorkerBench();
  private final AtomicInteger runs = new AtomicInteger();

  @AfterEach
  void close() {
    bench.close();
  }

  private WorkerBench counting() {
    return bench.task("t", _ -> runs.incrementAndGet());
  }

  private ReadyJob hint(JobId id, String queue) {
    return new ReadyJob(id, queue, 0);
  }

  // JOB-12
  @Test
  void aLateOfferOfAFinishedJobRunsNothing() {
    counting().start();
    JobId id = bench.enqueue("t");
    bench.awaitStatus(id, JobStatus.SUCCESS);
    bench.offers.offer(List.of(hint(id, "default")));
    bench.awaitStatus(bench.enqueue("t"), JobStatus.SUCCESS);
    assertThat(runs).hasValue(2);
  }

  @Test
  void anIdThatLiesInAQueueTheJobHasLeftIsNotRunThere() {
    counting();
    JobId id = bench.enqueue("t");
    bench.actions().cancel(id, false);
    bench.actions().requeue(id, "other", false);
    bench.offers.offer(List.of(hint(id, "default")));
    bench.start();
    bench.awaitStatus(bench.enqueue("t"), JobStatus.SUCCESS);
    assertThat(bench.job(id).status()).isEqualTo(JobStatus.QUEUED);
    bench.start(WorkerOptions.of("other", ServedQueues.of(List.of("other")), 1));
    bench.awaitStatus(id, JobStatus.SUCCESS);
    assertThat(runs).hasValue(2);
  }

  @Test
  void deadIdsInFrontDoNotKeepAWorkerFromTheLivingOnes() {
    counting();
    List<ReadyJob> dead =
        IntStream.range(0, 3000).mapToObj(_ -> hint(JobId.next(), "default")).toList();
    bench.offers.offer(dead);
    JobId alive = bench.enqueue("t");
    bench.start();
    bench.awaitStatus(alive, JobStatus.SUCCESS);
  }

  // QUE-04
  @Test
  void manyWorkersOnOneQueueRunEachJobOnce() {
    counting();
    for (int i = 0; i < 4; i++) {
      bench.start(WorkerOptions.of("w" + i, ServedQueues.of(List.of("default")), 5));
    }
    List<JobId> ids = bench.client().enqueueAll(Collections.nCopies(500, JobRequest.of("t")));
    bench.offers.offer(ids.stream().map(id -> hint(id, "default")).toList());
    WorkerBench.waitFor(
        () -> ids.stream().allMatch(id -> bench.job(id).status() == JobStatus.SUCCESS));
    assertThat(runs).hasValue(500);
    assertThat(ids).allSatisfy(id -> assertThat(bench.job(id).attempt()).isEqualTo(1));
  }

  @Test
  void anIndexThatIsWipedAndAwayInTurnsStopsNothing() {
    counting().start(WorkerOptions.of("w", ServedQueues.of(List.of("default")), 5));
    List<JobId> ids =
        IntStream.range(0, 40)
            .mapToObj(i -> {
              bench.index.setAvailable(i % 4 != 0);
              JobId id = bench.enqueue("t", r -> r.timeout(Duration.ofMinutes(1)));
              bench.index.flush();
              return id;
            })
            .toList();
    bench.index.setAvailable(false);
    WorkerBench.waitFor(
        () -> ids.stream().allMatch(id -> bench.job(id).status() == JobStatus.SUCCESS));
    assertThat(runs).hasValue(40);
  }
}
