package io.mrq.test.contract.store;

import static io.mrq.test.builder.NewJobBuilder.aNewJob;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mrq.job.Claim;
import io.mrq.job.Job;
import io.mrq.job.JobId;
import io.mrq.job.JobOrder;
import io.mrq.job.JobOutcome;
import io.mrq.job.JobStatus;
import io.mrq.job.JobTransition;
import io.mrq.job.NewJob;
import io.mrq.job.ReadyJob;
import io.mrq.test.builder.JobAssert;
import io.mrq.test.contract.Race;
import io.mrq.test.contract.StoreContract;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What {@code JobMoves} do: cancel and requeue of one job by hand. */
public abstract class JobMovesContract extends StoreContract {

  @ParameterizedTest
  @EnumSource
  void onlyJobsInOneOfTheGivenStatusesAreCancelled(JobStatus status) {
    Job before = job(jobIn(status));
    Set<JobStatus> from = JobTransition.CANCEL.from();

    boolean cancelled = ports.moves().cancel(before.id(), from, NOW, LATER);

    assertThat(cancelled).isEqualTo(from.contains(status));
    if (cancelled) {
      JobAssert.assertThat(job(before.id())).is(JobStatus.CANCEL).expiresAt(LATER);
      assertThat(job(before.id()).dateupdated()).isEqualTo(NOW);
      assertThat(job(before.id()).dateretry()).isNull();
    } else {
      assertThat(job(before.id())).isEqualTo(before);
    }
  }

  @Test
  void aRunningJobIsCancelledWhenAskedForAndLosesItsClaim() {
    NewJob job = stored(aNewJob());
    Claim claim = claimed(job);

    assertThat(ports.moves().cancel(job.id(), Set.of(JobStatus.STARTED), LATER, LATER)).isTrue();

    JobAssert.assertThat(job(job.id())).is(JobStatus.CANCEL).hasNoClaim().expiresAt(LATER);
    assertThat(ports.jobs().runsOf(claim.worker())).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void onlyJobsInOneOfTheGivenStatusesAreRequeued(JobStatus status) {
    Job before = job(jobIn(status));
    ReadyJob to = new ReadyJob(before.id(), "new", JobOrder.of(LATER, 0));

    boolean requeued = ports.moves().requeue(to, JobStatus.finals(), LATER);

    assertThat(requeued).isEqualTo(status.isFinal());
    if (requeued) {
      JobAssert.assertThat(job(before.id()))
          .is(JobStatus.QUEUED)
          .isIn("new")
          .hasOrder(to.order())
          .hasCounts(before.attempt(), 0, 0)
          .neverExpires();
      assertThat(ports.jobs().queued(Set.of("new"), 10)).containsExactly(to);
    } else {
      assertThat(job(before.id())).isEqualTo(before);
    }
  }

  // RTY-09
  @Test
  void aRequeueByHandStartsCountingAnewExceptForAttempts() {
    NewJob job = stored(aNewJob().priority(6));
    ports.recovery().rescue(claimed(job).worker(), 5, NOW);
    end(job.id(), claimed(job), new JobOutcome.Retried(Duration.ofSeconds(9), null, FAILURE), NOW);
    JobAssert.assertThat(job(job.id())).is(JobStatus.RETRY).hasCounts(2, 1, 1);
    ReadyJob to = new ReadyJob(job.id(), job.queue(), JobOrder.of(LATER, 6));

    assertThat(ports.moves().requeue(to, Set.of(JobStatus.RETRY), LATER)).isTrue();

    Job requeued = job(job.id());
    JobAssert.assertThat(requeued)
        .is(JobStatus.QUEUED)
        .hasCounts(2, 0, 0)
        .hasOrder(to.order())
        .hasHistoryOf(2);
    assertThat(requeued.datequeued()).isEqualTo(LATER);
    assertThat(requeued.dateupdated()).isEqualTo(LATER);
    assertThat(requeued.dateretry()).isNull();
  }

  // REQ-04
  @Test
  void aForcedRequeueTakesTheClaimFromTheRun() {
    NewJob job = stored(aNewJob());
    Claim claim = claimed(job);

    assertThat(ports.moves().requeue(job.ready(), Set.of(JobStatus.STARTED), LATER)).isTrue();

    JobAssert.assertThat(job(job.id())).is(JobStatus.QUEUED).hasNoClaim();
    assertThat(ports.jobs().claimed(claim, List.of(job.id()))).isEmpty();
  }

  @Test
  void aJobThatIsNotThereIsNotMoved() {
    JobId id = JobId.next();

    assertThat(ports.moves().cancel(id, JobTransition.CANCEL.from(), NOW, LATER)).isFalse();
    assertThat(ports.moves().requeue(new ReadyJob(id, "q", 0), JobStatus.finals(), NOW)).isFalse();
    assertThat(ports.queries().find(id)).isEmpty();
  }

  @Test
  void fromNoStatusNothingMoves() {
    JobId id = jobIn(JobStatus.QUEUED);

    assertThat(ports.moves().cancel(id, EnumSet.noneOf(JobStatus.class), NOW, LATER)).isFalse();

    JobAssert.assertThat(job(id)).is(JobStatus.QUEUED);
  }

  // JOB-04
  @Test
  void aMoveThatTheTableForbidsIsRefused() {
    JobId ended = jobIn(JobStatus.SUCCESS);

    assertThatThrownBy(() -> ports.moves().cancel(ended, Set.of(JobStatus.SUCCESS), NOW, LATER))
        .isInstanceOf(IllegalArgumentException.class);
    JobAssert.assertThat(job(ended)).is(JobStatus.SUCCESS);
  }

  @Test
  void ofManyThreadsThatMoveOneJobExactlyOneDoes() {
    JobId id = jobIn(JobStatus.QUEUED);

    List<Boolean> moved =
        Race.of(8, _ -> ports.moves().cancel(id, Set.of(JobStatus.QUEUED), NOW, LATER));

    assertThat(moved).containsOnlyOnce(true);
  }
}
