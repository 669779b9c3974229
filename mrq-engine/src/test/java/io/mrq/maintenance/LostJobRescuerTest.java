package io.mrq.maintenance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mrq.dispatch.JobOffers;
import io.mrq.job.Claim;
import io.mrq.job.Job;
import io.mrq.job.JobId;
import io.mrq.job.JobStatus;
import io.mrq.job.NewJob;
import io.mrq.job.WorkerId;
import io.mrq.store.RecoveryStore;
import io.mrq.store.StoreUnavailableException;
import io.mrq.test.MutableClock;
import io.mrq.test.builder.NewJobBuilder;
import io.mrq.test.memory.InMemoryDispatchIndex;
import io.mrq.test.memory.InMemoryStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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

  private final List<String> told = new ArrayList<>();
  private final MaintenanceEvents events =
      new MaintenanceEvents() {
        @Override
        public void crashed(RecoveryStore.Crash crash) {
          told.add("crashed " + crash.queue() + " " + crash.path() + " " + crash.failed());
        }

        @Override
        public void recovered(Duration after) {
          told.add("recovered after " + after.toMillis());
        }
      };
  private final LostJobRescuer rescuer = rescuer(5);

  private LostJobRescuer rescuer(int crashLimit) {
    return new LostJobRescuer(
        store.recovery(),
        store.workers(),
        new JobOffers(index),
        crashLimit,
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
    }
  }

  private void register() {
    store.workers().register(worker, Map.of("name", "w"));
  }

  @Test
  void sixEqualBeatsMakeAWorkerLostAndItsJobsQueuedAgain_BUG04() {
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
    for (int i = 0; i < 6; i++) {
      rescuer.pass();
      nanos.addAndGet(Duration.ofMillis(900).toNanos());
    }
    assertThat(told).containsExactly("crashed default tests.Sample false", "recovered after 4500");
  }

  @Test
  void aWorkerThatBeatsIsLeftAlone() {
    register();
    JobId id = runningJob();
    for (int i = 0; i < 30; i++) {
      store.workers().beat(worker);
      rescuer.pass();
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

  @Test
  void aWorkerWithoutADocumentIsLostAfterSixReads_BAS03() {
    JobId id = runningJob();
    passes(rescuer, 5);
    assertThat(job(id).status()).isEqualTo(JobStatus.STARTED);
    passes(rescuer, 1);
    assertThat(job(id).status()).isEqualTo(JobStatus.QUEUED);
  }

  @Test
  void aPythonWorkerIsNotJudged() {
    store.insertPythonWorker(worker, Map.of("name", "python"));
    JobId id = runningJob();
    passes(rescuer, 30);
    assertThat(job(id).status()).isEqualTo(JobStatus.STARTED);
  }

  @Test
  void aJobThatCostTooManyWorkersFails_BUG04() {
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
  void twoReapersAtOnceCountOneCrash_invariant5() {
    register();
    JobId id = runningJob();
    LostJobRescuer other = rescuer(5);
    for (int i = 0; i < 6; i++) {
      rescuer.pass();
      other.pass();
    }
    assertThat(job(id).status()).isEqualTo(JobStatus.QUEUED);
    assertThat(job(id).crashes()).isEqualTo(1);
  }
}
