package io.mrq.engine.bulk;

import static org.assertj.core.api.Assertions.assertThat;

import io.mrq.bulk.BulkAction;
import io.mrq.bulk.BulkAction.Kind;
import io.mrq.bulk.BulkAction.Status;
import io.mrq.bulk.BulkFilter;
import io.mrq.bulk.BulkProgress;
import io.mrq.dispatch.JobDispatcher;
import io.mrq.job.Claim;
import io.mrq.job.JobId;
import io.mrq.job.JobStatus;
import io.mrq.job.ReadyJob;
import io.mrq.job.WorkerId;
import io.mrq.query.JobFilter;
import io.mrq.store.NotStorableException;
import io.mrq.test.builder.JobBuilder;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Bulk actions move exactly the jobs of the filter. */
class BulkActionRunnerTest extends BulkActionBench {
  // BAS-05, BAS-09, SEED-13
  @Test
  void exactlyTheJobsOfTheFilterAreRequeued() {
    List<JobId> failed = jobs(1234, JobStatus.FAILED, "mails");
    List<JobId> others = jobs(5, JobStatus.FAILED, "others");
    List<JobId> succeeded = jobs(5, JobStatus.SUCCESS, "mails");
    BulkAction action = started(Kind.REQUEUE, BulkFilter.of(FAILED.jobs().queue("mails")), null);
    assertThat(action.progress().total()).isEqualTo(1234);

    run(runner());

    assertThat(ended(action).status()).isEqualTo(Status.DONE);
    assertThat(ended(action).progress().moved()).isEqualTo(1234);
    assertThat(ended(action).progress().skipped()).isZero();
    assertThat(in(JobStatus.QUEUED)).containsExactlyInAnyOrderElementsOf(failed);
    assertThat(in(JobStatus.FAILED)).containsExactlyInAnyOrderElementsOf(others);
    assertThat(in(JobStatus.SUCCESS)).containsExactlyInAnyOrderElementsOf(succeeded);
    assertThat(index.take("mails", 2000)).containsExactlyElementsOf(failed);
  }

  // CAN-03, BAS-08
  @Test
  void jobsAreCancelledAndLeaveTheIndex() {
    List<JobId> waiting = jobs(600, JobStatus.QUEUED, "mails");
    List<JobId> running = jobs(3, JobStatus.STARTED, "mails");
    new JobDispatcher(index)
        .offer(waiting.stream().map(id -> new ReadyJob(id, "mails", 1)).toList());
    BulkFilter filter = BulkFilter.of(JobFilter.ALL.queue("mails"));
    assertThat(actions.preview(Kind.CANCEL, filter, null)).isEqualTo(600);
    BulkAction action = started(Kind.CANCEL, filter, null);

    run(runner());

    assertThat(ended(action).progress())
        .returns(603L, BulkProgress::total)
        .returns(600L, BulkProgress::moved)
        .returns(3L, BulkProgress::skipped);
    assertThat(in(JobStatus.CANCEL)).containsExactlyInAnyOrderElementsOf(waiting);
    assertThat(in(JobStatus.STARTED)).containsExactlyInAnyOrderElementsOf(running);
    assertThat(job(waiting.getFirst()).dateexpires())
        .isEqualTo(clock.instant().plus(Duration.ofDays(1)));
    assertThat(index.take("mails", 1000)).isEmpty();
  }

  // BAS-09, BUG-32
  @Test
  void jobsMoveToAnotherQueueByTheirPriority() {
    JobId low = store(JobBuilder.aJob().status(JobStatus.FAILED).queue("a").priority(-1));
    JobId high = store(JobBuilder.aJob().status(JobStatus.FAILED).queue("b").priority(1));
    started(Kind.REQUEUE, FAILED, "target");

    run(runner());

    assertThat(index.take("target", 10)).containsExactly(high, low);
    assertThat(job(low).queue()).isEqualTo("target");
  }

  @Test
  void onlyTheChosenIdsAreMovedAndTheOthersOfThemSkipped() {
    List<JobId> failed = jobs(3, JobStatus.FAILED, "q");
    JobId running = jobs(1, JobStatus.STARTED, "q").getFirst();
    BulkAction action =
        started(
            Kind.REQUEUE,
            new BulkFilter(JobFilter.ALL, List.of(failed.get(0), failed.get(2), running)),
            null);

    run(runner());

    assertThat(ended(action).progress())
        .returns(2L, BulkProgress::moved)
        .returns(1L, BulkProgress::skipped);
    assertThat(in(JobStatus.FAILED)).containsExactly(failed.get(1));
  }

  @Test
  void jobsOfOtherStatusesOnlyAreNotTouched() {
    jobs(2, JobStatus.SUCCESS, "q");
    BulkFilter filter = BulkFilter.of(JobFilter.ALL.statuses(Set.of(JobStatus.SUCCESS)));
    BulkAction action = started(Kind.CANCEL, filter, null);

    run(runner());

    assertThat(ended(action).status()).isEqualTo(Status.DONE);
    assertThat(ended(action).progress().moved()).isZero();
    assertThat(ended(action).progress().skipped()).isEqualTo(2);
    assertThat(in(JobStatus.SUCCESS)).hasSize(2);
  }

  // BAS-07, BUG-63
  @Test
  void aJobThatIsMadeLaterIsNotTouched() {
    jobs(1, JobStatus.FAILED, "q");
    clock.advance(Duration.ofHours(-2));
    BulkAction action = started(Kind.REQUEUE, FAILED, null);

    run(runner());

    assertThat(ended(action).progress().moved()).isZero();
    assertThat(in(JobStatus.FAILED)).hasSize(1);
  }

  @Test
  void aJobThatFailsAgainIsNotMovedTwice() {
    JobId id = jobs(1, JobStatus.FAILED, "q").getFirst();
    jobs(600, JobStatus.FAILED, "q");
    BulkAction action = started(Kind.REQUEUE, FAILED, null);
    BulkActionRunner runner = runner();
    runner.pass();
    runner.pass();
    assertThat(job(id).status()).isEqualTo(JobStatus.QUEUED);
    store.insertAsIs(JobBuilder.like(job(id)).status(JobStatus.FAILED).build());

    run(runner);

    assertThat(job(id).status()).isEqualTo(JobStatus.FAILED);
    assertThat(ended(action).progress().moved()).isEqualTo(601);
  }

  @Test
  void whatAnotherHasMovedMeanwhileIsSkipped() {
    List<JobId> failed = jobs(10, JobStatus.FAILED, "q");
    BulkAction action = started(Kind.REQUEUE, FAILED, null);
    beforeMove =
        () ->
            store.insertAsIs(JobBuilder.like(job(failed.get(4))).status(JobStatus.SUCCESS).build());

    run(runner());

    assertThat(ended(action).progress())
        .returns(9L, BulkProgress::moved)
        .returns(1L, BulkProgress::skipped);
    assertThat(in(JobStatus.SUCCESS)).containsExactly(failed.get(4));
  }

  @Test
  void anActionThatCannotGoOnFailsAndTheOthersGoOn() {
    List<JobId> failed = jobs(2, JobStatus.FAILED, "q");
    BulkAction bad = started(Kind.REQUEUE, FAILED, null);
    BulkActionRunner runner = runner();
    runner.pass();
    beforeMove =
        () -> {
          throw new NotStorableException("too large", null);
        };
    runner.pass();
    beforeMove = null;
    BulkAction good = started(Kind.REQUEUE, FAILED, null);

    run(runner);

    assertThat(ended(bad).status()).isEqualTo(Status.FAILED);
    assertThat(ended(bad).error()).contains("too large");
    assertThat(ended(good).status()).isEqualTo(Status.DONE);
    assertThat(in(JobStatus.QUEUED)).containsExactlyInAnyOrderElementsOf(failed);
  }

  @Test
  void manyActionsTakeTurns() {
    jobs(1500, JobStatus.FAILED, "large");
    jobs(10, JobStatus.FAILED, "small");
    BulkAction large = started(Kind.REQUEUE, BulkFilter.of(JobFilter.ALL.queue("large")), null);
    BulkAction small = started(Kind.REQUEUE, BulkFilter.of(JobFilter.ALL.queue("small")), null);
    BulkActionRunner runner = runner();

    runner.pass();
    runner.pass();

    assertThat(find(small).status()).isEqualTo(Status.DONE);
    assertThat(find(large).status()).isEqualTo(Status.RUNNING);
  }

  @Test
  void aJobThatAWorkerHasClaimedMeanwhileIsLeftToIt() {
    JobId id = jobs(1, JobStatus.QUEUED, "q").getFirst();
    BulkAction action = started(Kind.CANCEL, BulkFilter.of(JobFilter.ALL.queue("q")), null);
    beforeMove =
        () -> store.jobs().claim(Claim.by(WorkerId.next()), "q", List.of(id), clock.instant());

    run(runner());

    assertThat(job(id).status()).isEqualTo(JobStatus.STARTED);
    assertThat(ended(action).progress().skipped()).isEqualTo(1);
  }
}
