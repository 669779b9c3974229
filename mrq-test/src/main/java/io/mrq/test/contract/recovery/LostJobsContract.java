package io.mrq.test.contract.recovery;

import static io.mrq.test.builder.NewJobBuilder.aNewJob;
import static org.assertj.core.api.Assertions.assertThat;

import io.mrq.job.AttemptRecord;
import io.mrq.job.Claim;
import io.mrq.job.Job;
import io.mrq.job.JobOutcome;
import io.mrq.job.JobStatus;
import io.mrq.job.NewJob;
import io.mrq.job.Retention;
import io.mrq.job.WorkerId;
import io.mrq.recovery.RecoveryStore.Rescue;
import io.mrq.task.TaskSettings;
import io.mrq.test.builder.JobAssert;
import io.mrq.test.contract.Race;
import io.mrq.test.contract.StoreContract;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a {@code RecoveryStore} does with the jobs of lost workers. */
public abstract class LostJobsContract extends StoreContract {
  @Test
  void onlyWorkersOfStartedJobsHaveRuns() {
    Claim one = claimed(stored(aNewJob()), stored(aNewJob()));
    Claim two = claimed(stored(aNewJob()));
    NewJob ended = stored(aNewJob());
    end(ended.id(), claimed(ended), new JobOutcome.Succeeded(1), NOW);
    stored(aNewJob());

    assertThat(ports.recovery().workersWithRuns())
        .containsExactlyInAnyOrder(one.worker(), two.worker());
  }

  // BAS-03
  @Test
  void runsOfOursAndOldOnesAreAbandonedByAWorkerWithoutADocument() {
    Claim ours = claimed(stored(aNewJob()));
    WorkerId young = new WorkerId("65a1b2c3d4e5f60718293a4b");
    WorkerId old = new WorkerId("65a1b2c3d4e5f60718293a4c");
    // Each takes a job that one of ours has run before, and leaves its claim there.
    store.startAsPython(jobIn(JobStatus.INTERRUPT), young, LATER);
    store.startAsPython(jobIn(JobStatus.INTERRUPT), old, NOW.minusMillis(1));
    Claim notAsked = claimed(stored(aNewJob()));

    assertThat(ports.recovery().abandoned(List.of(ours.worker(), young, old), NOW))
        .containsExactlyInAnyOrder(ours.worker(), old)
        .doesNotContain(notAsked.worker());
    assertThat(ports.recovery().abandoned(List.of(young), LATER)).isEmpty();
    assertThat(ports.recovery().abandoned(List.of(), LATER)).isEmpty();
  }

  // REQ-02
  @Test
  void theJobsOfALostWorkerGoBackToTheirOldPlaceAndCostNoRetry() {
    NewJob job = stored(aNewJob().priority(9));
    Claim dead = claimed(job);

    Rescue rescue = ports.recovery().rescue(dead.worker(), 5, LATER);

    assertRescue(rescue, List.of(job.ready()), 0);
    Job rescued = job(job.id());
    JobAssert.assertThat(rescued)
        .is(JobStatus.QUEUED)
        .hasNoClaim()
        .hasOrder(job.order())
        .hasCounts(1, 0, 1)
        .neverExpires();
    assertThat(rescued.datequeued()).isEqualTo(NOW);
    assertThat(rescued.dateupdated()).isEqualTo(LATER);
    assertThat(rescued.tracebackHistory()).hasSize(1);
    AttemptRecord line = rescued.tracebackHistory().getFirst();
    assertThat(line.date()).isEqualTo(LATER);
    assertThat(line.status()).isEqualTo("interrupt");
    assertThat(line.worker()).isEqualTo(dead.worker());
    assertThat(line.failure().exceptiontype()).isEqualTo("WorkerLost");
    assertThat(line.failure().traceback()).contains(dead.worker().hex());
  }

  @Test
  void aSecondRescueFindsNothingMoreToDo() {
    NewJob job = stored(aNewJob());
    Claim dead = claimed(job);
    ports.recovery().rescue(dead.worker(), 5, LATER);
    Job rescued = job(job.id());

    Rescue again = ports.recovery().rescue(dead.worker(), 5, LATER.plusSeconds(1));

    assertThat(again.failed()).isZero();
    assertThat(job(job.id())).isEqualTo(rescued);
  }

  @Test
  void theJobsOfOtherWorkersAndJobsThatEndedAreLeftAlone() {
    NewJob running = stored(aNewJob());
    Claim alive = claimed(running);
    NewJob ended = stored(aNewJob());
    NewJob retrying = stored(aNewJob());
    NewJob interrupted = stored(aNewJob());
    Claim dead = claimed(ended, retrying, interrupted);
    end(ended.id(), dead, new JobOutcome.Succeeded(1), NOW);
    end(retrying.id(), dead, new JobOutcome.Retried(Duration.ofSeconds(9), null, FAILURE), NOW);
    end(interrupted.id(), dead, new JobOutcome.Interrupted(FAILURE), NOW);

    assertRescue(ports.recovery().rescue(dead.worker(), 1, LATER), List.of(), 0);

    JobAssert.assertThat(job(running.id())).is(JobStatus.STARTED).isHeldBy(alive);
    JobAssert.assertThat(job(ended.id())).is(JobStatus.SUCCESS).hasCounts(1, 0, 0);
    JobAssert.assertThat(job(retrying.id())).is(JobStatus.RETRY).hasCounts(1, 1, 0);
    JobAssert.assertThat(job(interrupted.id())).is(JobStatus.INTERRUPT).hasCounts(1, 0, 0);
  }

  // TTL-04, CFG-08
  @Test
  void aJobAtTheCrashLimitIsKeptAsLongAsItOrItsTaskSays() {
    NewJob ofTask = stored(aNewJob());
    NewJob own = stored(aNewJob().ttl(Duration.ofHours(1)));
    NewJob plain = stored(aNewJob().path("other.Task"));
    Claim dead = claimed(ofTask, own, plain);
    Retention kept =
        new Retention(
            Duration.ofDays(1), Duration.ofDays(1), Duration.ofDays(1), Duration.ofDays(3));
    TaskSettings settings = TaskSettings.builder().retention(kept).build();

    ports
        .recovery()
        .rescue(
            dead.worker(),
            1,
            path -> path.equals("tests.Sample") ? Optional.of(settings) : Optional.empty(),
            LATER);

    assertThat(job(ofTask.id()).dateexpires()).isEqualTo(LATER.plus(Duration.ofDays(3)));
    assertThat(job(own.id()).dateexpires()).isEqualTo(LATER.plus(Duration.ofHours(1)));
    assertThat(job(plain.id()).dateexpires()).isEqualTo(LATER.plus(Duration.ofDays(180)));
  }

  @Test
  void atTheCrashLimitAJobFailsWithoutItsNeighbours() {
    NewJob poison = stored(aNewJob());
    crash(poison, 4);
    JobAssert.assertThat(job(poison.id())).is(JobStatus.QUEUED).hasCounts(4, 0, 4);
    NewJob neighbour = stored(aNewJob());
    Claim dead = claimed(poison, neighbour);

    Rescue rescue = ports.recovery().rescue(dead.worker(), 5, LATER);

    assertRescue(rescue, List.of(neighbour.ready()), 1);
    Job failed = job(poison.id());
    JobAssert.assertThat(failed)
        .is(JobStatus.FAILED)
        .hasNoClaim()
        .hasCounts(5, 0, 5)
        .hasHistoryOf(5);
    assertThat(failed.exceptiontype()).isEqualTo("WorkerLost");
    assertThat(failed.traceback()).isNotBlank();
    assertThat(failed.dateexpires()).isAfter(LATER);
    JobAssert.assertThat(job(neighbour.id())).is(JobStatus.QUEUED).hasCounts(1, 0, 1);
  }

  @Test
  void withACrashLimitOfZeroAJobNeverFails() {
    NewJob job = stored(aNewJob());

    crash(job, 22);

    JobAssert.assertThat(job(job.id()))
        .is(JobStatus.QUEUED)
        .hasCounts(22, 0, 22)
        .hasHistoryOf(20)
        .neverExpires();
  }

  @Test
  void withACrashLimitOfOneTheFirstCrashFails() {
    NewJob job = stored(aNewJob());
    Claim dead = claimed(job);

    assertRescue(ports.recovery().rescue(dead.worker(), 1, LATER), List.of(), 1);

    JobAssert.assertThat(job(job.id())).is(JobStatus.FAILED).hasCounts(1, 0, 1);
  }

  private void crash(NewJob job, int times) {
    for (int i = 0; i < times; i++) {
      Claim dead = claimed(job);
      ports.recovery().rescue(dead.worker(), 0, NOW);
    }
  }

  @Test
  void manyReapersTogetherCountOneCrash() {
    List<NewJob> jobs = stored(50, "reaped");
    Claim dead = claimed(jobs.toArray(NewJob[]::new));

    Race.of(8, _ -> ports.recovery().rescue(dead.worker(), 5, LATER));

    assertThat(jobs)
        .allSatisfy(job ->
            JobAssert.assertThat(job(job.id()))
                .is(JobStatus.QUEUED)
                .hasCounts(1, 0, 1)
                .hasHistoryOf(1));
  }
}
