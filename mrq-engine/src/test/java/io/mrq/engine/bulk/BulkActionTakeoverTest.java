package io.mrq.engine.bulk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mrq.bulk.BulkAction;
import io.mrq.bulk.BulkAction.Kind;
import io.mrq.bulk.BulkAction.Status;
import io.mrq.bulk.BulkProgress;
import io.mrq.job.JobId;
import io.mrq.job.JobStatus;
import io.mrq.store.StoreUnavailableException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Bulk actions whose runner dies, is away, or is told to stop: each job once, and all counted. */
class BulkActionTakeoverTest extends BulkActionBench {
  @Test
  void aRunnerThatDiesBeforeItsWriteLosesNothing() {
    diesAndIsReplaced(() -> beforeMove = BulkActionBench::die);
  }

  @Test
  void whatADeadRunnerHadMovedIsCountedOnce() {
    diesAndIsReplaced(() -> afterMove = BulkActionBench::die);
  }

  private void diesAndIsReplaced(Runnable rig) {
    List<JobId> failed = jobs(2100, JobStatus.FAILED, "q");
    List<JobId> others = jobs(100, JobStatus.SUCCESS, "q");
    BulkAction action = started(Kind.REQUEUE, FAILED, null);
    BulkActionRunner doomed = runner();
    doomed.pass();
    doomed.pass();
    rig.run();
    assertThatThrownBy(doomed::pass).isInstanceOf(Killed.class);
    beforeMove = null;
    afterMove = null;
    BulkActionRunner heir = runner();
    for (int look = 0; look < 9; look++) {
      heir.pass();
      nanos.addAndGet(1_000_000_000);
    }
    assertThat(find(action).progress().moved()).isEqualTo(500);

    run(heir);

    assertThat(ended(action).status()).isEqualTo(Status.DONE);
    assertThat(ended(action).progress())
        .returns(2100L, BulkProgress::total)
        .returns(2100L, BulkProgress::moved)
        .returns(0L, BulkProgress::skipped);
    assertThat(in(JobStatus.QUEUED)).containsExactlyInAnyOrderElementsOf(failed);
    assertThat(in(JobStatus.SUCCESS)).containsExactlyInAnyOrderElementsOf(others);
  }

  @Test
  void aRunnerThatWorksIsNotReplaced() {
    jobs(20 * BulkActionRunner.BATCH, JobStatus.FAILED, "q");
    BulkAction action = started(Kind.REQUEUE, FAILED, null);
    BulkActionRunner runner = runner();
    BulkActionRunner other = runner();
    for (int i = 0; i < 15; i++) {
      runner.pass();
      assertThat(other.pass()).isEqualTo(Duration.ofSeconds(1));
      nanos.addAndGet(1_000_000_000);
    }

    run(runner);

    assertThat(ended(action).progress().moved()).isEqualTo(20L * BulkActionRunner.BATCH);
  }

  @Test
  void aPausedObserverDoesNotTakeItsOwnSleepForADeath() {
    jobs(3000, JobStatus.FAILED, "q");
    started(Kind.REQUEUE, FAILED, null);
    runner().pass();
    BulkActionRunner observer = runner();
    observer.pass();

    nanos.addAndGet(Duration.ofHours(1).toNanos());
    observer.pass();

    assertThat(in(JobStatus.QUEUED)).isEmpty();
  }

  @Test
  void aStopIsHeardBetweenBatches() {
    jobs(2000, JobStatus.FAILED, "q");
    BulkAction action = started(Kind.REQUEUE, FAILED, null);
    BulkActionRunner runner = runner();
    runner.pass();
    runner.pass();
    actions.stop(action.id());

    run(runner);

    assertThat(ended(action).status()).isEqualTo(Status.STOPPED);
    assertThat(ended(action).progress().moved()).isEqualTo(500);
    assertThat(in(JobStatus.QUEUED)).hasSize(500);
  }

  @Test
  void aStopAfterADeathCountsWhatWasMoved() {
    jobs(2000, JobStatus.FAILED, "q");
    BulkAction action = started(Kind.REQUEUE, FAILED, null);
    BulkActionRunner doomed = runner();
    doomed.pass();
    afterMove = BulkActionBench::die;
    assertThatThrownBy(doomed::pass).isInstanceOf(Killed.class);
    afterMove = null;
    actions.stop(action.id());

    run(runner());

    assertThat(ended(action).status()).isEqualTo(Status.STOPPED);
    assertThat(ended(action).progress().moved()).isEqualTo(500);
  }

  @Test
  void whileTheStoreIsAwayItWaitsAndThenGoesOn() {
    jobs(600, JobStatus.FAILED, "q");
    BulkAction action = started(Kind.REQUEUE, FAILED, null);
    BulkActionRunner runner = runner();
    runner.pass();
    store.setAvailable(false);
    assertThatThrownBy(runner::pass).isInstanceOf(StoreUnavailableException.class);
    store.setAvailable(true);

    run(runner);

    assertThat(ended(action).progress().moved()).isEqualTo(600);
  }
}
