package io.mrq.engine.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.mrq.client.ActionResult;
import io.mrq.client.JobRequest;
import io.mrq.engine.event.WorkerEvents;
import io.mrq.engine.heartbeat.WorkerHeartbeat;
import io.mrq.engine.heartbeat.WorkerLease;
import io.mrq.job.Claim;
import io.mrq.job.Job;
import io.mrq.job.JobId;
import io.mrq.job.JobStatus;
import io.mrq.job.ReadyJob;
import io.mrq.job.WorkerId;
import io.mrq.queue.ServedQueues;
import io.mrq.test.memory.InMemoryStore;
import io.mrq.worker.WorkerStore.Beat;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Lost replies, lost leases, stores that are away, stops and pauses (protocol §5, §6). */
class WorkerRecoveryTest {
  private final WorkerBench bench = new WorkerBench();
  private final CountDownLatch open = new CountDownLatch(1);
  private final AtomicInteger runs = new AtomicInteger();

  @AfterEach
  void close() {
    open.countDown();
    bench.close();
  }

  private WorkerBench gated() {
    return bench.task(
        "gated",
        _ -> {
          runs.incrementAndGet();
          open.await();
          return 1;
        });
  }

  private static WorkerOptions options(int slots, Duration drain) {
    return WorkerOptions.of("test", ServedQueues.of(List.of("default")), slots)
        .with(new StopTimes(drain, Duration.ofSeconds(5)))
        .with(
            WorkerPeriods.DEFAULT
                .with(WorkerPeriod.BEAT, Duration.ofSeconds(1))
                .with(WorkerPeriod.AUDIT, Duration.ofSeconds(1)));
  }

  // WRK-02
  @Test
  void aStoppedWorkerStartsAgainUnderAnotherId() {
    Worker worker = bench.task("t", _ -> 1).start();
    bench.awaitStatus(bench.enqueue("t"), JobStatus.SUCCESS);
    WorkerId before = worker.id();

    worker.stop();
    JobId waiting = bench.enqueue("t");
    worker.start();

    assertThat(bench.awaitStatus(waiting, JobStatus.SUCCESS).worker()).isEqualTo(worker.id());
    assertThat(worker.id()).isNotEqualTo(before);
    worker.stop();
    worker.start();
    bench.awaitStatus(bench.enqueue("t"), JobStatus.SUCCESS);
    WorkerBench.waitFor(() -> worker.busySlots() == 0);
  }

  // WRK-03, WRK-04
  @Test
  void neverMoreRunThanThereAreSlots() {
    gated().start(options(3, Duration.ofSeconds(1)));
    List<JobRequest> ten = Collections.nCopies(10, JobRequest.of("gated"));
    List<JobId> ids = bench.client().enqueueAll(ten);
    WorkerBench.waitFor(() -> runs.get() == 3);
    assertThat(ids.stream().filter(id -> bench.job(id).status() == JobStatus.STARTED)).hasSize(3);
    open.countDown();
    ids.forEach(id -> bench.awaitStatus(id, JobStatus.SUCCESS));
  }

  // QUE-02
  @Test
  void jobsRunInTheirOrderAndByPriority() {
    List<Object> order = Collections.synchronizedList(new ArrayList<>());
    bench.task(
        "t",
        params -> {
          order.add(params.get("n"));
          return null;
        });
    bench.enqueue("t", r -> r.param("n", 1));
    bench.enqueue("t", r -> r.param("n", 2));
    bench.enqueue("t", r -> r.param("n", 3).priority(5));
    JobId last = bench.enqueue("t", r -> r.param("n", 4).priority(-1));
    bench.start(options(1, Duration.ofSeconds(1)));
    bench.awaitStatus(last, JobStatus.SUCCESS);
    assertThat(order).containsExactly(3, 1, 2, 4);
  }

  @Test
  void aBatchOfJobsCostsFewStoreCalls() {
    bench.task("t", _ -> 1);
    List<JobId> ids = bench.client().enqueueAll(Collections.nCopies(200, JobRequest.of("t")));
    bench.start(options(200, Duration.ofSeconds(1)));
    WorkerBench.waitFor(
        () -> ids.stream().allMatch(id -> bench.job(id).status() == JobStatus.SUCCESS));
    assertThat(bench.jobs.calls("claim")).isLessThanOrEqualTo(5);
    assertThat(bench.jobs.calls("complete")).isLessThanOrEqualTo(40);
  }

  @Test
  void aLostReplyOfAClaimIsAskedAgainAndTheJobRunsOnce() {
    bench.jobs.loseReplies("claim", 1);
    gated().start();
    JobId id = bench.enqueue("gated");
    open.countDown();
    bench.awaitStatus(id, JobStatus.SUCCESS);
    assertThat(runs).hasValue(1);
    assertThat(bench.job(id).attempt()).isEqualTo(1);
  }

  @Test
  void aLostReplyOfACompletionIsLookedUpAndNotSentTwice() {
    bench.jobs.loseReplies("complete", 1);
    bench.task("t", _ -> 1).start();
    JobId id = bench.enqueue("t");
    bench.awaitStatus(id, JobStatus.SUCCESS);
    WorkerBench.waitFor(() -> bench.jobs.calls("states") >= 1);
    assertThat(bench.refused).isEmpty();
    assertThat(bench.jobs.calls("complete")).isEqualTo(1);
  }

  // JOB-20
  @Test
  void outcomesWaitForAStoreThatIsAway() {
    bench.jobs.loseRequests("complete", 2);
    bench.jobs.loseRequests("states", 2);
    bench.task("t", _ -> 1).start();
    bench.awaitStatus(bench.enqueue("t"), JobStatus.SUCCESS);
  }

  @Test
  void withoutTheDispatchIndexTheStoreIsPolled() {
    bench.index.setAvailable(false);
    bench.task("t", _ -> 1).start();
    bench.awaitStatus(bench.enqueue("t"), JobStatus.SUCCESS);
    bench.index.setAvailable(true);
    bench.awaitStatus(bench.enqueue("t"), JobStatus.SUCCESS);
  }

  @Test
  void aJobOfAnUnseenClaimGoesBackByTheAudit() {
    Worker worker = gated().start();
    open.countDown();
    bench.awaitStatus(bench.enqueue("gated"), JobStatus.SUCCESS);
    JobId id = bench.enqueue("gated", r -> r.queue("other"));
    // As if a reply had been lost for good: the store says that this worker runs it.
    bench.memory.jobs().claim(Claim.by(worker.id()), "other", List.of(id), Instant.now());
    bench.awaitStatus(id, JobStatus.QUEUED);
    assertThat(bench.job(id).crashes()).isZero();
    assertThat(bench.job(id).retryCount()).isZero();
  }

  // CAN-01
  @Test
  void aCancelledRunIsInterruptedAndItsOutcomeDropped() {
    Worker worker = gated().start();
    JobId id = bench.enqueue("gated");
    WorkerBench.waitFor(() -> runs.get() == 1);
    assertThat(bench.actions().cancel(id, true)).isInstanceOf(ActionResult.Moved.class);
    WorkerBench.waitFor(() -> worker.busySlots() == 0);
    assertThat(bench.job(id).status()).isEqualTo(JobStatus.CANCEL);
    assertThat(bench.refused).as("nobody took the job away").isEmpty();
  }

  @Test
  void aRunThatAnotherTookIsInterruptedAndCounted() {
    gated().start();
    JobId id = bench.enqueue("gated");
    WorkerBench.waitFor(() -> runs.get() == 1);
    bench.actions().requeue(id, "elsewhere", true);
    WorkerBench.waitFor(() -> bench.refused.size() == 1);
    assertThat(bench.job(id).status()).isEqualTo(JobStatus.QUEUED);
  }

  // SEED-06
  @Test
  void aWorkerThatWasTakenForDeadDropsItsRunsAndGoesOnUnderANewId() {
    Worker worker = gated().start();
    JobId id = bench.enqueue("gated");
    WorkerBench.waitFor(() -> runs.get() == 1);
    WorkerId old = worker.id();
    WorkerBench.waitFor(() ->
        bench.memory.workers().beats().stream()
            .filter(b -> b.worker().equals(old))
            .map(Beat::beat)
            .anyMatch(beat -> bench.memory.workers().markLost(old, beat)));
    bench.memory.recovery().rescue(old, 5, Instant.now());
    WorkerBench.waitFor(() -> !worker.id().equals(old) && bench.refused.size() == 1);
    open.countDown();
    bench.offers.offer(List.of(new ReadyJob(id, "default", 0)));
    Job job = bench.awaitStatus(id, JobStatus.SUCCESS);
    assertThat(job.worker()).isNotEqualTo(old);
    assertThat(job.crashes()).isEqualTo(1);
  }

  // INT-01, WRK-11
  @Test
  void aStopLetsRunningJobsEnd() throws InterruptedException {
    Worker worker = gated().start(options(2, Duration.ofSeconds(30)));
    JobId id = bench.enqueue("gated");
    WorkerBench.waitFor(() -> runs.get() == 1);
    Thread stopping = Thread.startVirtualThread(worker::stop);
    WorkerBench.waitFor(() ->
        bench.memory.workers().documents(10).stream()
            .anyMatch(d -> "join".equals(d.get("status"))));
    JobId later = bench.enqueue("gated");
    open.countDown();
    stopping.join();
    assertThat(bench.job(id).status()).isEqualTo(JobStatus.SUCCESS);
    assertThat(bench.job(later).status()).isEqualTo(JobStatus.QUEUED);
    assertThat(bench.memory.workers().beats()).isEmpty();
  }

  // BUG-41
  @Test
  void aStopThatIsInterruptedInterruptsItsRunsAndEnds() throws InterruptedException {
    Worker worker = gated().start(options(2, Duration.ofHours(1)));
    bench.enqueue("gated");
    WorkerBench.waitFor(() -> runs.get() == 1);
    Thread stopping = Thread.startVirtualThread(worker::stop);
    WorkerBench.waitFor(() ->
        bench.memory.workers().documents(10).stream()
            .anyMatch(d -> "join".equals(d.get("status"))));
    stopping.interrupt();
    stopping.join();
    WorkerBench.waitFor(() -> worker.busySlots() == 0);
  }

  // INT-03, INT-05, WRK-11
  @Test
  void afterTheDrainRunningJobsAreInterruptedAndQueuedAgain() {
    Worker worker = gated().start(options(2, Duration.ofMillis(50)));
    JobId id = bench.enqueue("gated");
    WorkerBench.waitFor(() -> runs.get() == 1);
    worker.stop();
    Job job = bench.job(id);
    assertThat(job.status()).isEqualTo(JobStatus.QUEUED);
    assertThat(job.exceptiontype()).isEqualTo("JobInterrupt");
    assertThat(job.retryCount()).isZero();
    assertThat(bench.index.take("default", 10)).containsExactly(id);
  }

  // INT-02
  @Test
  void aSecondSignalSkipsTheDrain() throws InterruptedException {
    Worker worker = gated().start(options(2, Duration.ofHours(1)));
    JobId id = bench.enqueue("gated");
    WorkerBench.waitFor(() -> runs.get() == 1);
    Thread stopping = Thread.startVirtualThread(worker::stop);
    worker.hurry();
    stopping.join();
    assertThat(bench.job(id).status()).isEqualTo(JobStatus.QUEUED);
  }

  // QUE-16, QUE-19, BUG-46
  @Test
  void aPausedQueueIsNotServedAndItsRunningJobsGoOn() {
    bench.memory.pauses().pause("default", "test", "because", Instant.now());
    bench.task("t", _ -> 1);
    JobId waiting = bench.enqueue("t");
    JobId other = bench.enqueue("t", r -> r.queue("open"));
    bench.start(WorkerOptions.of("test", ServedQueues.of(List.of("default", "open")), 2));
    bench.awaitStatus(other, JobStatus.SUCCESS);
    assertThat(bench.job(waiting).status()).isEqualTo(JobStatus.QUEUED);
    bench.memory.pauses().resume("default");
    bench.awaitStatus(waiting, JobStatus.SUCCESS);
  }

  @Test
  void aDrainingWorkerClaimsNothingMore() {
    Worker worker = bench.task("t", _ -> 1).start();
    bench.awaitStatus(bench.enqueue("t"), JobStatus.SUCCESS);
    bench.memory.workers().drain(worker.id());
    JobId other = bench.enqueue("t", r -> r.queue("elsewhere"));
    WorkerBench.waitFor(() -> bench.memory.workers().documents(1).getFirst().containsKey("drain"));
    assertThat(bench.job(other).status()).isEqualTo(JobStatus.QUEUED);
  }

  @Test
  void suspectsOfCrashingWorkersRunOneAtATime() {
    gated();
    List<JobId> ids = IntStream.range(0, 2).mapToObj(_ -> bench.enqueue("gated")).toList();
    for (int crash = 0; crash < 2; crash++) {
      WorkerId dead = WorkerId.next();
      bench.memory.jobs().claim(Claim.by(dead), "default", ids, Instant.now());
      bench.memory.recovery().rescue(dead, 5, Instant.now());
    }
    bench.start();
    WorkerBench.waitFor(
        () -> ids.stream().anyMatch(id -> bench.job(id).status() == JobStatus.RETRY));
    WorkerBench.waitFor(() -> runs.get() == 1);
    JobId putBack =
        ids.stream()
            .filter(id -> bench.job(id).status() == JobStatus.RETRY)
            .findFirst()
            .orElseThrow();
    assertThat(bench.job(putBack).retryCount()).isZero();
  }

  @Test
  void aJobThatAStoppingWorkerHoldsUnseenGoesBackWithoutACrash() {
    Duration never = Duration.ofHours(1);
    Worker worker =
        gated()
            .startAsTold(
                WorkerOptions.of("test", ServedQueues.of(List.of("default")), 2)
                    .with(new StopTimes(Duration.ofSeconds(1), Duration.ofSeconds(1)))
                    .with(
                        WorkerPeriods.DEFAULT
                            .with(WorkerPeriod.BEAT, Duration.ofMillis(50))
                            .with(WorkerPeriod.AUDIT, never)));
    open.countDown();
    bench.awaitStatus(bench.enqueue("gated"), JobStatus.SUCCESS);
    JobId unseen = bench.enqueue("gated", r -> r.queue("other"));
    bench.memory.jobs().claim(Claim.by(worker.id()), "other", List.of(unseen), Instant.now());

    worker.stop();

    assertThat(bench.job(unseen).status()).isEqualTo(JobStatus.QUEUED);
    assertThat(bench.job(unseen).crashes()).isZero();
  }

  @Test
  void aCancelledRunIsNoticedByOneAudit() {
    Worker worker =
        gated()
            .startAsTold(
                WorkerOptions.of("test", ServedQueues.of(List.of("default")), 2)
                    .with(new StopTimes(Duration.ofMillis(50), Duration.ofSeconds(5)))
                    .with(
                        WorkerPeriods.DEFAULT
                            .with(WorkerPeriod.BEAT, Duration.ofMillis(50))
                            .with(WorkerPeriod.AUDIT, Duration.ofSeconds(3))));
    JobId id = bench.enqueue("gated");
    WorkerBench.waitFor(() -> runs.get() == 1);
    int before = bench.jobs.calls("runsOf");

    bench.actions().cancel(id, true);
    WorkerBench.waitFor(() -> worker.busySlots() == 0);

    assertThat(bench.jobs.calls("runsOf") - before).isLessThanOrEqualTo(2);
  }

  @Test
  void aLostLeaseIsFollowedByTheNextOneAtOnce() {
    Duration never = Duration.ofHours(1);
    InMemoryStore store = bench.memory;
    WorkerLease lease = new WorkerLease(System::nanoTime);
    List<WorkerId> lost = new ArrayList<>();
    WorkerHeartbeat heartbeat =
        new WorkerHeartbeat(
            store.workers(),
            lease,
            HashMap::new,
            lost::add,
            WorkerEvents.NONE,
            never,
            System::nanoTime);
    heartbeat.step();
    WorkerId old = lease.id();
    store.workers().markLost(old, store.workers().beats().getFirst().beat());

    heartbeat.step();

    assertThat(lost).containsExactly(old);
    assertThat(lease.isFresh()).isTrue();
    assertThat(store.workers().beats())
        .singleElement()
        .matches(beat -> beat.worker().equals(lease.id()) && beat.beat() == 1);
  }

  @Test
  void aStopByAnInterruptedThreadEndsEveryLoop() {
    Worker worker = bench.task("t", _ -> 1).start();
    bench.awaitStatus(bench.enqueue("t"), JobStatus.SUCCESS);

    Thread.currentThread().interrupt();
    worker.stop();

    assertThat(Thread.interrupted()).isTrue();
    WorkerBench.waitFor(() ->
        Thread.getAllStackTraces().keySet().stream()
            .noneMatch(thread -> thread.getName().startsWith("mrq-")));
  }
}
