package io.mrq.engine.claim;

import static io.mrq.test.builder.NewJobBuilder.aNewJob;
import static org.assertj.core.api.Assertions.assertThat;

import io.mrq.dispatch.JobDispatcher;
import io.mrq.engine.event.WorkerEvents;
import io.mrq.engine.heartbeat.WorkerHeartbeat;
import io.mrq.engine.heartbeat.WorkerLease;
import io.mrq.engine.home.DocumentHome;
import io.mrq.engine.home.RunHome;
import io.mrq.engine.run.HoldAhead;
import io.mrq.engine.run.RunningJobs;
import io.mrq.engine.run.WorkerSlots;
import io.mrq.engine.worker.FaultyJobStore;
import io.mrq.job.Claim;
import io.mrq.job.Job;
import io.mrq.job.JobId;
import io.mrq.job.JobStatus;
import io.mrq.job.NewJob;
import io.mrq.test.MutableClock;
import io.mrq.test.builder.JobAssert;
import io.mrq.test.builder.JobBuilder;
import io.mrq.test.memory.InMemoryStore;
import io.mrq.test.memory.dispatch.InMemoryDispatchIndex;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A worker with one slot holds jobs behind the one that runs. */
class HeldJobsTest {
  private final MutableClock clock = MutableClock.create();
  private final AtomicLong nanos = new AtomicLong();
  private final InMemoryStore memory = new InMemoryStore(clock);
  private final FaultyJobStore store = new FaultyJobStore(memory.jobs());
  private final InMemoryDispatchIndex index = new InMemoryDispatchIndex();
  private final HoldAhead ahead = new HoldAhead(1, nanos::get);
  private final WorkerSlots slots = new WorkerSlots(1, ahead);
  private final WorkerLease lease = new WorkerLease(nanos::get);
  private final RunningJobs runs = new RunningJobs();
  private final RunHome home = new DocumentHome(store.store());
  private final List<JobId> begun = new ArrayList<>();
  private final HeldJobs held =
      new HeldJobs(
          (job, claim, itsHome) -> begun.add(job.id()),
          slots,
          ahead,
          lease,
          new JobDispatcher(index),
          clock,
          nanos::get);
  private final WorkerHeartbeat heartbeat =
      new WorkerHeartbeat(
          memory.workers(),
          lease,
          HashMap::new,
          held::dropAllOf,
          WorkerEvents.NONE,
          Duration.ofSeconds(1),
          nanos::get);

  @BeforeEach
  void mayHold() {
    heartbeat.step();
    for (int i = 0; i < 1000; i++) {
      ahead.ran(1);
    }
  }

  private NewJob stored(String queue, int priority) {
    NewJob job = aNewJob().queue(queue).priority(priority).build();
    memory.jobs().insert(List.of(job));
    return job;
  }

  private NewJob stored() {
    return stored("default", 0);
  }

  private Job job(NewJob job) {
    return memory.queries().find(job.id()).orElseThrow();
  }

  /** Claims jobs, as a worker does that reserved a place for each. */
  private Claim claim(int rank, NewJob... jobs) {
    Claim claim = Claim.by(lease.id());
    String queue = jobs[0].queue();
    List<JobId> ids = Arrays.stream(jobs).map(NewJob::id).toList();
    assertThat(slots.reserve(ids.size())).isEqualTo(ids.size());
    ClaimBatch batch = new ClaimBatch(claim, queue, rank, nanos.get(), home, runs);
    memory.jobs().claim(claim, queue, ids, clock.instant());
    held.take(batch, memory.jobs().claimed(claim, ids));
    batch.oneLess();
    return claim;
  }

  private void bodyEnds() {
    slots.leave();
    held.startNext();
  }

  private void later(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  private void assertGivenBack(NewJob job) {
    JobAssert.assertThat(job(job))
        .is(JobStatus.QUEUED)
        .hasNoClaim()
        .hasOrder(job.order())
        .hasCounts(0, 0, 0);
  }

  private void assertOffered(NewJob... jobs) {
    JobId[] ids = Arrays.stream(jobs).map(NewJob::id).toArray(JobId[]::new);
    assertThat(index.take(jobs[0].queue(), 10)).containsExactlyInAnyOrder(ids);
  }

  @Test
  void aJobForWhichASlotIsFreeStartsAtOnce() {
    NewJob first = stored();
    claim(0, first);

    assertThat(begun).containsExactly(first.id());
    assertThat(held.size()).isZero();
  }

  @Test
  void othersStartInTheOrderOfTheirQueuesAndThenInTheirOwn() {
    NewJob running = stored();
    NewJob late = stored("second", 0);
    NewJob early = stored("second", 5);
    NewJob urgent = stored("first", -5);
    claim(1, running);
    claim(1, late, early);
    claim(0, urgent);
    assertThat(begun).containsExactly(running.id());

    bodyEnds();
    bodyEnds();
    bodyEnds();

    assertThat(begun).containsExactly(running.id(), urgent.id(), early.id(), late.id());
    assertThat(slots.room()).isEqualTo(4);
  }

  @Test
  void aHeldJobStartsOnlyAfterAFreshBeat() {
    claim(0, stored());
    NewJob waits = stored();
    claim(0, waits);
    later(Duration.ofSeconds(4));

    bodyEnds();
    assertThat(begun).hasSize(1);

    heartbeat.step();
    held.startNext();
    assertThat(begun).hasSize(2).contains(waits.id());
  }

  @Test
  void whatIsHeldUnderALostLeaseIsDropped() {
    claim(0, stored());
    NewJob waits = stored();
    Claim claim = claim(0, waits);
    memory.workers().markLost(lease.id(), memory.workers().beats().getFirst().beat());

    heartbeat.step();
    bodyEnds();

    assertThat(begun).hasSize(1);
    assertThat(runs.isClaiming(claim.token())).isFalse();
    assertThat(slots.free()).isEqualTo(1);
    assertThat(job(waits).status()).as("the rescue returns it").isEqualTo(JobStatus.STARTED);
  }

  @Test
  void theAuditKnowsAClaimUntilTheLastOfItsJobsHasStarted() {
    claim(0, stored());
    Claim claim = claim(0, stored(), stored());

    bodyEnds();
    assertThat(runs.isClaiming(claim.token())).isTrue();
    bodyEnds();
    assertThat(runs.isClaiming(claim.token())).isFalse();
  }

  @Test
  void whatWaitedForAQuarterOfASecondIsGivenBackAndNothingIsHeldForAWhile() {
    claim(0, stored());
    NewJob waits = stored();
    Claim claim = claim(0, waits);

    later(Duration.ofMillis(249));
    held.giveBackOld();
    assertThat(job(waits).status()).isEqualTo(JobStatus.STARTED);
    assertThat(held.untilDue()).isEqualTo(Duration.ofMillis(1));

    later(Duration.ofMillis(1));
    held.giveBackOld();

    assertGivenBack(waits);
    assertOffered(waits);
    assertThat(runs.isClaiming(claim.token())).isFalse();
    assertThat(ahead.limit()).isZero();
    bodyEnds();
    assertThat(begun).hasSize(1);
    assertThat(slots.free()).isEqualTo(1);
  }

  @Test
  void theTimeThatALoadTakesCountsToo() {
    claim(0, stored());
    NewJob waits = stored();
    Claim claim = Claim.by(lease.id());
    assertThat(slots.reserve(1)).isEqualTo(1);
    ClaimBatch batch = new ClaimBatch(claim, "default", 0, held.now(), home, runs);
    memory.jobs().claim(claim, "default", List.of(waits.id()), clock.instant());
    later(Duration.ofMillis(200));
    held.take(batch, memory.jobs().claimed(claim, List.of(waits.id())));
    batch.oneLess();

    assertThat(held.untilDue()).isEqualTo(Duration.ofMillis(50));
    later(Duration.ofMillis(50));
    held.giveBackOld();

    assertGivenBack(waits);
  }

  @Test
  void whatIsHeldOfAQueueThatIsPausedIsGivenBack() {
    claim(0, stored());
    NewJob paused = stored("paused", 0);
    NewJob open = stored("open", 0);
    claim(0, paused);
    claim(0, open);

    held.keepOnly(queue -> !queue.equals("paused"));

    assertGivenBack(paused);
    assertOffered(paused);
    assertThat(job(open).status()).isEqualTo(JobStatus.STARTED);
    assertThat(ahead.limit()).as("the mean is still true").isPositive();
  }

  @Test
  void whenItClosesAllIsGivenBackAlsoWhatIsLoadedLater() {
    claim(0, stored());
    NewJob waits = stored();
    NewJob late = stored();
    claim(0, waits);

    held.close();
    held.returnAll();
    assertGivenBack(waits);
    claim(0, late);

    assertGivenBack(late);
    assertOffered(waits, late);
  }

  @Test
  void whenItIsClosedNothingBeginsThoughASlotIsFree() {
    NewJob late = stored();
    held.close();

    claim(0, late);
    held.startNext();

    assertThat(begun).isEmpty();
    assertGivenBack(late);
    assertThat(slots.free()).isEqualTo(1);
  }

  @Test
  void aStoreThatRefusesAGivingBackIsAskedAgain() {
    claim(0, stored());
    NewJob waits = stored();
    claim(0, waits);
    store.refuseCalls("giveBack", 2);

    held.giveBackAll();
    held.giveBackOld();
    assertThat(job(waits).status()).isEqualTo(JobStatus.STARTED);
    held.giveBackOld();

    assertGivenBack(waits);
  }

  @Test
  void aJobWhoseGivingBackIsInDoubtIsNeverStarted() {
    claim(0, stored());
    NewJob waits = stored();
    Claim claim = claim(0, waits);
    store.loseReplies("giveBack", 2);

    held.giveBackAll();
    bodyEnds();

    assertThat(begun).hasSize(1);
    assertThat(runs.isClaiming(claim.token())).isTrue();
    assertThat(index.take("default", 10)).isEmpty();
    assertThat(held.untilDue()).isPositive().isLessThan(Duration.ofSeconds(1));

    held.giveBackOld();
    held.giveBackOld();

    assertGivenBack(waits);
    assertOffered(waits);
    assertThat(runs.isClaiming(claim.token())).isFalse();
    assertThat(slots.free()).isEqualTo(1);
  }

  @Test
  void aGivingBackThatNeverReachedTheStoreIsRepeated() {
    claim(0, stored());
    NewJob waits = stored();
    claim(0, waits);
    store.loseRequests("giveBack", 1);

    held.giveBackAll();
    assertThat(job(waits).status()).isEqualTo(JobStatus.STARTED);
    held.giveBackOld();

    assertGivenBack(waits);
  }

  @Test
  void aJobThatACrashMayHaveHitIsNotHeld() {
    claim(0, stored());
    NewJob suspect = stored();
    Claim claim = Claim.by(lease.id());
    memory.jobs().claim(claim, "default", List.of(suspect.id()), clock.instant());
    Job crashed = JobBuilder.like(job(suspect)).crashes(1).build();

    ClaimBatch batch = new ClaimBatch(claim, "default", 0, nanos.get(), home, runs);
    held.take(batch, List.of(crashed));
    batch.oneLess();

    assertThat(held.size()).isZero();
    assertGivenBack(suspect);
    assertThat(ahead.limit()).isZero();
  }
}
