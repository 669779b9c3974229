package io.mrq.test.contract.store;

import static io.mrq.test.builder.NewJobBuilder.aNewJob;
import static org.assertj.core.api.Assertions.assertThat;

import io.mrq.job.AttemptRecord;
import io.mrq.job.Claim;
import io.mrq.job.Completion;
import io.mrq.job.Failure;
import io.mrq.job.Job;
import io.mrq.job.JobId;
import io.mrq.job.JobOrder;
import io.mrq.job.JobOutcome;
import io.mrq.job.JobStatus;
import io.mrq.job.NewJob;
import io.mrq.job.ReadyJob;
import io.mrq.job.Retention;
import io.mrq.job.Run;
import io.mrq.job.RunNotes;
import io.mrq.job.WorkerId;
import io.mrq.test.builder.JobAssert;
import io.mrq.test.contract.StoreContract;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a job keeps of its earlier runs: their history, and nothing else. */
public abstract class EarlierRunsContract extends StoreContract {
  // TRC-04
  @Test
  void aSuccessAfterAFailureForgetsTheFailureButNotTheHistory() {
    NewJob job = stored(aNewJob());
    end(job.id(), claimed(job), new JobOutcome.Retried(Duration.ZERO, null, FAILURE), NOW);
    assertThat(job(job.id()).exceptiontype()).isEqualTo("ValueError");

    end(job.id(), claimed(job), new JobOutcome.Succeeded(null), LATER);

    Job ended = job(job.id());
    JobAssert.assertThat(ended).is(JobStatus.SUCCESS).hasHistoryOf(1).hasCounts(2, 1, 0);
    assertThat(ended.exceptiontype()).isNull();
    assertThat(ended.traceback()).isNull();
    assertThat(ended.result()).isNull();
  }

  @Test
  void aRunWithoutResultLeavesNoneOfAnEarlierRun() {
    JobId id = jobIn(JobStatus.SUCCESS);
    Job before = job(id);
    ports
        .moves()
        .requeue(
            new ReadyJob(id, before.queue(), JobOrder.of(NOW, 0)), Set.of(JobStatus.SUCCESS), NOW);
    Claim claim = Claim.by(WorkerId.next());
    ports.jobs().claim(claim, before.queue(), List.of(id), NOW);

    end(id, claim, new JobOutcome.Failed(FAILURE), LATER);

    assertThat(before.result()).isEqualTo(42);
    assertThat(job(id).result()).isNull();
  }

  // RTY-11, BUG-38
  @Test
  void theHistoryKeepsTheLastTwentyAttempts() {
    NewJob job = stored(aNewJob());
    for (int i = 1; i <= 23; i++) {
      Failure failure = Failure.of("Failure" + i, "attempt " + i);
      end(job.id(), claimed(job), new JobOutcome.Retried(Duration.ZERO, null, failure), LATER);
    }

    List<AttemptRecord> history = job(job.id()).tracebackHistory();

    assertThat(history).hasSize(20);
    assertThat(history.getFirst().failure()).isEqualTo(Failure.of("Failure4", "attempt 4"));
    assertThat(history.getLast().failure()).isEqualTo(Failure.of("Failure23", "attempt 23"));
    JobAssert.assertThat(job(job.id())).hasCounts(23, 23, 0);
  }

  @Test
  void aMinimalEndLeavesTheHistoryAlone() {
    NewJob job = stored(aNewJob());
    Claim claim = claimed(job);
    Failure failure = new Failure("ValueError", "x".repeat(5000), "original");
    Completion end =
        Completion.of(
                job(job.id()), claim, new JobOutcome.Failed(failure), Retention.DEFAULT, LATER)
            .minimal();

    assertThat(end(end)).isEqualTo(1);

    JobAssert.assertThat(job(job.id()))
        .is(JobStatus.FAILED)
        .isHeldBy(claim)
        .hasHistoryOf(0)
        .expiresAt(LATER.plus(Retention.DEFAULT.other()));
    assertThat(job(job.id()).exceptiontype()).isEqualTo("ValueError");
    assertThat(job(job.id()).traceback()).isEqualTo("x".repeat(1000));
    assertThat(job(job.id()).dateupdated()).isEqualTo(LATER);
  }

  @Test
  void aRequeueByHandForgetsResultProgressAndTime() {
    Job waiting = job(requeued(succeeded()));

    assertThat(waiting.result()).isNull();
    assertThat(waiting.progress()).isNull();
    assertThat(waiting.totaltime()).isNull();
  }

  @Test
  void aRetryForgetsTheProgress() {
    for (Duration delay : List.of(Duration.ZERO, Duration.ofSeconds(5))) {
      NewJob job = stored(aNewJob());
      Claim claim = claimed(job);
      ports.jobs().progress(Map.of(new Run(job.id(), claim), 0.9));
      Completion end =
          Completion.of(
              job(job.id()),
              claim,
              new JobOutcome.Retried(delay, null, FAILURE),
              Retention.DEFAULT,
              LATER);

      end(end.with(new RunNotes(0.95, null)));

      assertThat(job(job.id()).progress()).as("after %s", delay).isNull();
    }
  }

  @Test
  void aRescueForgetsTheProgress() {
    NewJob job = stored(aNewJob());
    Claim claim = claimed(job);
    ports.jobs().progress(Map.of(new Run(job.id(), claim), 0.9));

    ports.recovery().rescue(claim.worker(), 5, LATER);

    JobAssert.assertThat(job(job.id())).is(JobStatus.QUEUED);
    assertThat(job(job.id()).progress()).isNull();
  }

  private JobId succeeded() {
    NewJob job = stored(aNewJob());
    Claim claim = claimed(job);
    Completion end =
        Completion.of(job(job.id()), claim, new JobOutcome.Succeeded(42), Retention.DEFAULT, LATER);
    end(end.with(new RunNotes(1.0, null)));
    assertThat(job(job.id()).progress()).isEqualTo(1.0);
    return job.id();
  }

  private JobId requeued(JobId id) {
    ports
        .moves()
        .requeue(
            new ReadyJob(id, job(id).queue(), JobOrder.of(NOW, 0)), Set.of(JobStatus.SUCCESS), NOW);
    return id;
  }
}
