package io.mrq.engine.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mrq.bulk.BulkActionStore;
import io.mrq.dispatch.JobDispatcher;
import io.mrq.engine.maintenance.FaultyCalls;
import io.mrq.engine.maintenance.MaintenanceEvents;
import io.mrq.engine.retention.ExpiredJobCleaner;
import io.mrq.engine.retention.ExpiringDocuments;
import io.mrq.engine.retention.UnfinishedJobKeeper;
import io.mrq.engine.stats.QueueStatsRecorder;
import io.mrq.job.Claim;
import io.mrq.job.Completion;
import io.mrq.job.Failure;
import io.mrq.job.Job;
import io.mrq.job.JobId;
import io.mrq.job.JobOutcome;
import io.mrq.job.JobStatus;
import io.mrq.job.NewJob;
import io.mrq.job.Retention;
import io.mrq.job.WorkerId;
import io.mrq.recovery.RecoveryStore;
import io.mrq.stats.JobCounts;
import io.mrq.stats.JobRate;
import io.mrq.stats.JobRates;
import io.mrq.stats.QueueStats;
import io.mrq.test.MutableClock;
import io.mrq.test.builder.JobBuilder;
import io.mrq.test.builder.NewJobBuilder;
import io.mrq.test.memory.InMemoryStore;
import io.mrq.test.memory.dispatch.InMemoryDispatchIndex;
import io.mrq.worker.WorkerStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is due, interrupted or expired is moved on, each by its duty. */
class RequeuersTest {
  private final MutableClock clock = MutableClock.create();
  private final InMemoryStore store = new InMemoryStore(clock);
  private final InMemoryDispatchIndex index = new InMemoryDispatchIndex();
  private final JobDispatcher offers = new JobDispatcher(index);

  private Job job(JobId id) {
    return store.queries().find(id).orElseThrow();
  }

  private JobId ended(JobOutcome outcome) {
    NewJob job = NewJobBuilder.aNewJob().datequeued(clock.instant()).build();
    store.jobs().insert(List.of(job));
    Claim claim = Claim.by(WorkerId.next());
    store.jobs().claim(claim, job.queue(), List.of(job.id()), clock.instant());
    Completion end =
        Completion.of(job(job.id()), claim, outcome, Retention.DEFAULT, clock.instant());
    store.jobs().complete(List.of(store.jobs().prepare(end)));
    return job.id();
  }

  // RTY-08, SEED-22
  @Test
  void aDelayedJobIsQueuedWhenItIsDueAndNotBefore() {
    DueJobRequeuer duty = new DueJobRequeuer(store.recovery(), offers, clock);
    NewJob delayed =
        NewJobBuilder.aNewJob()
            .datequeued(clock.instant())
            .dateretry(clock.instant().plusSeconds(10))
            .build();
    store.jobs().insert(List.of(delayed));
    clock.advance(Duration.ofSeconds(9));
    duty.pass();
    assertThat(job(delayed.id()).status()).isEqualTo(JobStatus.RETRY);
    clock.advance(Duration.ofSeconds(1));
    duty.pass();
    assertThat(job(delayed.id()).status()).isEqualTo(JobStatus.QUEUED);
    assertThat(index.take(delayed.queue(), 10)).containsExactly(delayed.id());
  }

  // RTY-08
  @Test
  void theDutyComesBackWhenTheNextJobIsDue() {
    DueJobRequeuer duty = new DueJobRequeuer(store.recovery(), offers, clock);
    assertThat(duty.pass()).isEqualTo(Duration.ofSeconds(1));
    delayed(Duration.ofMillis(10_300));
    delayed(Duration.ofMillis(10_310));

    assertThat(duty.pass()).isEqualTo(Duration.ofSeconds(1));
    clock.advance(Duration.ofSeconds(10));
    assertThat(duty.pass()).isEqualTo(Duration.ofMillis(300));
    clock.advance(Duration.ofMillis(300));
    assertThat(duty.pass())
        .describedAs("what is due soon after is queued together")
        .isEqualTo(Duration.ofMillis(100));
    clock.advance(Duration.ofMillis(5));
    assertThat(duty.pass()).isEqualTo(Duration.ofMillis(100));
  }

  @Test
  void whatIsDueAndCannotBeQueuedIsNotAskedForAgainAtOnce() {
    FaultyCalls calls = new FaultyCalls();
    calls.on("requeueDue", () -> store.recovery().requeueDue(clock.instant(), 10));
    delayed(Duration.ZERO);

    DueJobRequeuer duty =
        new DueJobRequeuer(calls.of(RecoveryStore.class, store.recovery()), offers, clock);

    assertThat(duty.pass()).isEqualTo(Duration.ofSeconds(1));
  }

  private void delayed(Duration delay) {
    Instant now = clock.instant();
    NewJob job = NewJobBuilder.aNewJob().datequeued(now).dateretry(now.plus(delay)).build();
    store.jobs().insert(List.of(job));
  }

  // RTY-08, BAS-01
  @Test
  void aRetryKeepsItsCountWhenItComesDue() {
    JobId id =
        ended(
            new JobOutcome.Retried(Duration.ofSeconds(3), null, Failure.of("RetryInterrupt", "x")));
    clock.advance(Duration.ofSeconds(3));
    new DueJobRequeuer(store.recovery(), offers, clock).pass();
    assertThat(job(id).status()).isEqualTo(JobStatus.QUEUED);
    assertThat(job(id).retryCount()).isEqualTo(1);
  }

  // BAS-02
  @Test
  void anInterruptedJobIsQueuedAgainInItsOldPlace() {
    JobId id = ended(new JobOutcome.Interrupted(Failure.of("JobInterrupt", "x")));
    Long order = job(id).order();
    new InterruptedJobRequeuer(store.recovery(), offers, clock).pass();
    assertThat(job(id).status()).isEqualTo(JobStatus.QUEUED);
    assertThat(job(id).order()).isEqualTo(order);
    assertThat(index.take(job(id).queue(), 10)).containsExactly(id);
  }

  // TTL-01, BUG-01
  @Test
  void aFinalDocumentIsDeletedWhenItHasExpiredAndAWaitingOneNever() {
    JobId done = ended(new JobOutcome.Succeeded(1));
    NewJob waiting = NewJobBuilder.aNewJob().datequeued(clock.instant()).build();
    store.jobs().insert(List.of(waiting));
    ExpiredJobCleaner duty =
        new ExpiredJobCleaner(
            store.recovery(),
            List.of(ExpiringDocuments.of(store.rates())),
            MaintenanceEvents.NONE,
            clock);
    clock.advance(Duration.ofDays(7).minusSeconds(1));
    duty.pass();
    assertThat(store.queries().find(done)).isPresent();
    store.rates().add(List.of(new JobRate(clock.instant(), "q", new JobCounts(1, 0, 0, 0))));
    clock.advance(Duration.ofDays(300));
    duty.pass();
    assertThat(store.rates().since(Instant.EPOCH)).isEmpty();
    assertThat(store.queries().find(done)).isEmpty();
    assertThat(store.queries().find(waiting.id())).isPresent();
  }

  // BUG-06
  @Test
  void theCountsOfAMomentAreSharedWithEverybody() {
    NewJob waiting = NewJobBuilder.aNewJob().queue("q").datequeued(clock.instant()).build();
    store.jobs().insert(List.of(waiting));
    new QueueStatsRecorder(store.recovery(), store.stats(), clock).pass();
    assertThat(store.stats().sample(clock.instant()).orElseThrow().counts())
        .singleElement()
        .satisfies(count -> {
          assertThat(count.queue()).isEqualTo("q");
          assertThat(count.in(JobStatus.QUEUED)).isEqualTo(1);
          assertThat(count.oldest()).isEqualTo(waiting.datequeued());
        });
  }

  @Test
  void aCountThatFailedSlowlyIsNotRepeatedByAnotherSchedulerSoon() {
    FaultyCalls faults = new FaultyCalls();
    List<Instant> counts = new ArrayList<>();
    faults.on(
        "count",
        () -> {
          counts.add(clock.instant());
          clock.advance(Duration.ofSeconds(15));
          throw new IllegalStateException("too slow");
        });
    RecoveryStore slow = faults.of(RecoveryStore.class, store.recovery());
    QueueStatsRecorder failing = new QueueStatsRecorder(slow, store.stats(), clock);
    QueueStatsRecorder other = new QueueStatsRecorder(slow, store.stats(), clock);

    assertThatThrownBy(failing::pass).isInstanceOf(IllegalStateException.class);
    clock.advance(QueueStats.PERIOD);
    other.pass();
    clock.advance(QueueStats.PERIOD);
    other.pass();
    assertThat(counts).hasSize(1);

    clock.advance(QueueStats.LONGEST);
    assertThatThrownBy(other::pass).isInstanceOf(IllegalStateException.class);
    assertThat(counts).hasSize(2);
  }

  @Test
  void aWaitingJobThatIsAboutToExpireIsKept() {
    NewJob waiting = NewJobBuilder.aNewJob().datequeued(clock.instant()).build();
    store.jobs().insert(List.of(waiting));
    Instant soon = clock.instant().plusSeconds(20);
    store.insertAsIs(JobBuilder.like(job(waiting.id())).dateexpires(soon).build());

    new UnfinishedJobKeeper(store.recovery(), clock).pass();

    assertThat(job(waiting.id()).dateexpires()).isNull();
    assertThat(job(waiting.id()).status()).isEqualTo(JobStatus.QUEUED);
  }

  @Test
  void documentsOfOneKindThatCannotBeDeletedDoNotKeepTheOthers() {
    JobId done = ended(new JobOutcome.Succeeded(1));
    FaultyCalls faults = new FaultyCalls();
    List<String> deleted = new ArrayList<>();
    for (String one : List.of("deleteUnreported", "deleteOlder", "deleteEnded")) {
      faults.on(
          one,
          () -> {
            deleted.add(one);
            throw new IllegalStateException(one);
          });
    }
    ExpiredJobCleaner duty =
        new ExpiredJobCleaner(
            store.recovery(),
            List.of(
                ExpiringDocuments.of(faults.of(WorkerStore.class, store.workers())),
                ExpiringDocuments.of(faults.of(QueueStats.class, store.stats())),
                ExpiringDocuments.of(faults.of(BulkActionStore.class, store.actions())),
                ExpiringDocuments.of(faults.of(JobRates.class, store.rates()))),
            MaintenanceEvents.NONE,
            clock);
    clock.advance(Duration.ofDays(8));

    assertThatThrownBy(duty::pass).isInstanceOf(IllegalStateException.class);

    assertThat(store.queries().find(done)).isEmpty();
    assertThat(deleted)
        .containsExactlyInAnyOrder("deleteUnreported", "deleteOlder", "deleteOlder", "deleteEnded");
  }
}
