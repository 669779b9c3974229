package io.mrq.engine.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mrq.dispatch.JobDispatcher;
import io.mrq.engine.maintenance.FaultyCalls;
import io.mrq.engine.maintenance.MaintenanceEvent.BeatsDiscarded;
import io.mrq.engine.maintenance.MaintenanceEvent.Crashed;
import io.mrq.engine.maintenance.MaintenanceEvent.Recovered;
import io.mrq.engine.maintenance.MaintenanceEvents;
import io.mrq.job.Claim;
import io.mrq.job.ClaimToken;
import io.mrq.job.Job;
import io.mrq.job.JobId;
import io.mrq.job.JobStatus;
import io.mrq.job.NewJob;
import io.mrq.job.WorkerId;
import io.mrq.recovery.RecoveryStore;
import io.mrq.store.StoreUnavailableException;
import io.mrq.task.TaskCatalog;
import io.mrq.test.MutableClock;
import io.mrq.test.builder.JobBuilder;
import io.mrq.test.builder.NewJobBuilder;
import io.mrq.test.memory.InMemoryStore;
import io.mrq.test.memory.dispatch.InMemoryDispatchIndex;
import io.mrq.worker.WorkerStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/**
 * A worker is lost after six answered reads of the same beat, and never by the clock (protocol
 * §7.2).
 */
class LostJobRescuerTest {
  private final MutableClock clock = MutableClock.create();
  private final InMemoryStore store = new InMemoryStore(clock);
  private final InMemoryDispatchIndex index = new InMemoryDispatchIndex();
  private final AtomicLong nanos = new AtomicLong();
  private final WorkerId worker = WorkerId.next();
  private final FaultyCalls faults = new FaultyCalls();
  private final WorkerStore workers = faults.of(WorkerStore.class, store.workers());
  private final RecoveryStore recovery = faults.of(RecoveryStore.class, store.recovery());

  private final List<String> told = new ArrayList<>();
  private final MaintenanceEvents events =
      event -> {
        switch (event) {
          case BeatsDiscarded() -> told.add("beats discarded");
          case Crashed(RecoveryStore.Crash crash) ->
              told.add("crashed " + crash.queue() + " " + crash.path() + " " + crash.failed());
          case Recovered(Duration after) -> told.add("recovered after " + after.toMillis());
          default -> {}
        }
      };
  private final LostJobRescuer rescuer = rescuer(5);

  private LostJobRescuer rescuer(int crashLimit) {
    return new LostJobRescuer(
        List.of(recovery),
        workers,
        new JobDispatcher(index),
        crashLimit,
        TaskCatalog.EMPTY,
        events,
        clock,
        nanos::get);
  }

  private JobId runningJob() {
    NewJob job = NewJobBuilder.aNewJob().build();
    store.jobs().insert(List.of(job));
    claim(job.id(), worker);
    return job.id();
  }

  private void claim(JobId id, WorkerId by) {
    assertThat(store.jobs().claim(Claim.by(by), job(id).queue(), List.of(id), clock.instant()))
        .isEqualTo(1);
  }

  private Job job(JobId id) {
    return store.queries().find(id).orElseThrow();
  }

  private void passes(LostJobRescuer by, int count) {
    for (int i = 0; i < count; i++) {
      by.pass();
      second();
    }
  }

  private void second() {
    nanos.addAndGet(Duration.ofSeconds(1).toNanos());
    clock.advance(Duration.ofSeconds(1));
  }

  private void register() {
    store.workers().register(worker, Map.of("name", "w"));
  }

  // INT-04, BUG-04
  @Test
  void sixEqualBeatsMakeAWorkerLostAndItsJobsQueuedAgain() {
    register();
    JobId id = runningJob();
    passes(rescuer, 5);
    assertThat(job(id).status()).isEqualTo(JobStatus.STARTED);
    passes(rescuer, 1);
    Job rescued = job(id);
    assertThat(rescued.status()).isEqualTo(JobStatus.QUEUED);
    assertThat(rescued.crashes()).isEqualTo(1);
    assertThat(rescued.retryCount()).isZero();
    assertThat(rescued.tracebackHistory().getFirst().failure().exceptiontype())
        .isEqualTo("WorkerLost");
    assertThat(index.take(rescued.queue(), 10)).containsExactly(id);
  }

  @Test
  void aRescueTellsWhichJobsCrashedAndHowLongItTook() {
    register();
    runningJob();
    passes(rescuer, 6);
    assertThat(told).containsExactly("crashed default tests.Sample false", "recovered after 5000");
  }

  // BUG-39
  @Test
  void aWorkerThatBeatsIsLeftAlone() {
    register();
    JobId id = runningJob();
    for (int i = 0; i < 30; i++) {
      store.workers().beat(worker);
      passes(rescuer, 1);
    }
    assertThat(job(id).status()).isEqualTo(JobStatus.STARTED);
  }

  @Test
  void aPausedReaperDoesNotTakeItsOwnSleepForTheWorkers() {
    register();
    JobId id = runningJob();
    passes(rescuer, 5);
    clock.advance(Duration.ofHours(1));
    nanos.addAndGet(Duration.ofHours(1).toNanos());
    store.workers().beat(worker);
    passes(rescuer, 5);
    assertThat(job(id).status()).isEqualTo(JobStatus.STARTED);
  }

  @Test
  void anUnansweredReadBeginsTheCountAnew() {
    register();
    JobId id = runningJob();
    passes(rescuer, 5);
    store.setAvailable(false);
    assertThatThrownBy(rescuer::pass).isInstanceOf(StoreUnavailableException.class);
    store.setAvailable(true);
    passes(rescuer, 5);
    assertThat(job(id).status()).isEqualTo(JobStatus.STARTED);
    passes(rescuer, 1);
    assertThat(job(id).status()).isEqualTo(JobStatus.QUEUED);
  }

  // BAS-03
  @Test
  void aWorkerWithoutADocumentIsLostAfterSixReads() {
    JobId id = runningJob();
    passes(rescuer, 5);
    assertThat(job(id).status()).isEqualTo(JobStatus.STARTED);
    passes(rescuer, 1);
    assertThat(job(id).status()).isEqualTo(JobStatus.QUEUED);
  }

  @Test
  void aPythonWorkerIsNotJudged() {
    store.reportPythonWorker(worker, Map.of("name", "python"));
    JobId id = runningJob();
    passes(rescuer, 30);
    assertThat(job(id).status()).isEqualTo(JobStatus.STARTED);
  }

  // BUG-04
  @Test
  void aJobThatCostTooManyWorkersFails() {
    JobId id = runningJob();
    for (int crash = 1; crash <= 5; crash++) {
      passes(rescuer(5), 6);
      if (crash < 5) {
        assertThat(job(id).crashes()).isEqualTo(crash);
        claim(id, WorkerId.next());
      }
    }
    assertThat(job(id).status()).isEqualTo(JobStatus.FAILED);
    assertThat(job(id).dateexpires()).isNotNull();
  }

  @Test
  void twoReapersAtOnceCountOneCrash() {
    register();
    JobId id = runningJob();
    LostJobRescuer other = rescuer(5);
    for (int i = 0; i < 6; i++) {
      other.pass();
      passes(rescuer, 1);
    }
    assertThat(job(id).status()).isEqualTo(JobStatus.QUEUED);
    assertThat(job(id).crashes()).isEqualTo(1);
  }

  // what the store answers, and how

  @Test
  void whileNoBeatMovesAndNoWriteIsTakenNobodyIsLost() {
    register();
    WorkerId other = WorkerId.next();
    store.workers().register(other, Map.of("name", "other"));
    JobId id = runningJob();
    // As under a lock of the whole server: reads are answered, writes are not.
    faults.on(
        "markLost",
        () -> {
          throw new StoreUnavailableException("no write is answered", null);
        });

    for (int i = 0; i < 20; i++) {
      second();
      try {
        rescuer.pass();
      } catch (StoreUnavailableException e) {
        assertThat(e).hasMessageContaining("no write is answered");
      }
    }
    assertThat(job(id).status()).isEqualTo(JobStatus.STARTED);

    // The lock is taken away, and both live.
    faults.on("markLost", () -> {});
    for (int i = 0; i < 6; i++) {
      passes(rescuer, 1);
      store.workers().beat(worker);
      store.workers().beat(other);
    }
    assertThat(job(id).status()).isEqualTo(JobStatus.STARTED);
    assertThat(store.workers().beats()).hasSize(2);
  }

  @Test
  void workersThatAllStoodStillHaveTimeToBeatOnceTheFirstDoes() {
    register();
    WorkerId other = WorkerId.next();
    store.workers().register(other, Map.of("name", "other"));
    JobId id = runningJob();
    faults.on("markLost", () -> nanos.addAndGet(Duration.ofSeconds(2).toNanos()));
    passes(rescuer, 10);

    store.workers().beat(other);
    passes(rescuer, 2);
    store.workers().beat(worker);
    passes(rescuer, 3);

    assertThat(job(id).status()).isEqualTo(JobStatus.STARTED);
  }

  @Test
  void theOnlyWorkerIsFoundLostThoughNoOtherBeatMoves() {
    register();
    JobId id = runningJob();
    passes(rescuer, 6);
    assertThat(job(id).status()).isEqualTo(JobStatus.QUEUED);
  }

  @Test
  void aSlowLookAtTheJobsDoesNotStopTheCount() {
    register();
    JobId id = runningJob();
    faults.on("workersWithRuns", () -> nanos.addAndGet(Duration.ofSeconds(3).toNanos()));

    passes(rescuer, 6);

    assertThat(job(id).status()).isEqualTo(JobStatus.QUEUED);
    assertThat(told).doesNotContain("beats discarded");
  }

  @Test
  void lateAnswersAboutBeatsCountForNothingAndAreTold() {
    register();
    JobId id = runningJob();
    faults.on("beats", () -> nanos.addAndGet(Duration.ofMillis(1001).toNanos()));

    passes(rescuer, 20);

    assertThat(job(id).status()).isEqualTo(JobStatus.STARTED);
    assertThat(told).hasSize(20).containsOnly("beats discarded");
  }

  @Test
  void aPassThatIsRepeatedSoonCountsNothing() {
    register();
    JobId id = runningJob();
    for (int i = 0; i < 50; i++) {
      rescuer.pass();
      nanos.addAndGet(Duration.ofMillis(90).toNanos());
    }
    // 4.5 s, so at most five reads.
    assertThat(job(id).status()).isEqualTo(JobStatus.STARTED);
  }

  // BUG-39
  @Test
  void oneWorkerWhoseJobsCannotBeRescuedDoesNotStopTheRescueOfOthers() {
    List<JobId> ids = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      NewJob job = NewJobBuilder.aNewJob().build();
      store.jobs().insert(List.of(job));
      claim(job.id(), WorkerId.next());
      ids.add(job.id());
    }
    WorkerId odd = Objects.requireNonNull(job(ids.get(2)).worker());
    faults.onArgument(
        "rescue",
        odd,
        () -> {
          throw new IllegalStateException("an odd document");
        });

    for (int i = 0; i < 6; i++) {
      second();
      try {
        rescuer.pass();
      } catch (IllegalStateException e) {
        assertThat(e).hasMessage("an odd document");
      }
    }

    assertThat(ids.stream().filter(id -> job(id).status() == JobStatus.QUEUED)).hasSize(5);
    assertThat(job(ids.get(2)).status()).isEqualTo(JobStatus.STARTED);
  }

  // Python's workers

  private static final WorkerId PYTHON = new WorkerId("65a1b2c3d4e5f60718293a4b");

  /** On a job that one of ours ran before: Python leaves its claim there. */
  private JobId runningOnPython() {
    NewJob job = NewJobBuilder.aNewJob().build();
    store.insertAsIs(
        JobBuilder.aJob()
            .id(job.id())
            .status(JobStatus.STARTED)
            .worker(PYTHON)
            .claim(ClaimToken.next())
            .datestarted(clock.instant())
            .build());
    return job.id();
  }

  @Test
  void aPythonWorkerThatHasNotReportedYetIsLeftAloneForAnHour() {
    JobId id = runningOnPython();
    passes(rescuer, 60);
    assertThat(job(id).status()).isEqualTo(JobStatus.STARTED);
    assertThat(store.workers().documents(1)).isEmpty();

    clock.advance(Duration.ofHours(1));
    passes(rescuer, 6);
    assertThat(job(id).status()).isEqualTo(JobStatus.QUEUED);
  }

  @Test
  void aPythonWorkerThatWasMarkedLostAndReportsIsNotCondemnedForEver() {
    store.workers().markAbsentLost(PYTHON, clock.instant());
    JobId before = runningOnPython();
    passes(rescuer, 6);
    assertThat(job(before).status()).isEqualTo(JobStatus.QUEUED);

    store.reportPythonWorker(PYTHON, Map.of("status", "wait", "datereported", clock.instant()));
    JobId after = runningOnPython();
    passes(rescuer, 60);

    assertThat(job(after).status()).isEqualTo(JobStatus.STARTED);
  }
}
