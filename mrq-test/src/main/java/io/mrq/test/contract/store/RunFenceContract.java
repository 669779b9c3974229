package io.mrq.test.contract.store;

import static io.mrq.test.builder.NewJobBuilder.aNewJob;
import static org.assertj.core.api.Assertions.assertThat;

import io.mrq.job.Claim;
import io.mrq.job.ClaimToken;
import io.mrq.job.Completion;
import io.mrq.job.Job;
import io.mrq.job.JobId;
import io.mrq.job.JobOutcome;
import io.mrq.job.JobStatus;
import io.mrq.job.NewJob;
import io.mrq.job.Retention;
import io.mrq.job.Run;
import io.mrq.job.RunNotes;
import io.mrq.job.TraceContext;
import io.mrq.job.WorkerId;
import io.mrq.store.PreparedCompletion;
import io.mrq.store.RunState;
import io.mrq.test.builder.JobAssert;
import io.mrq.test.contract.Race;
import io.mrq.test.contract.StoreContract;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * The fence of a run: which completions a {@code JobStore} refuses because the run is not the
 * stored one any more, and how a worker learns what became of a completion whose answer was lost.
 */
public abstract class RunFenceContract extends StoreContract {
  @Test
  void anEndWithAWrongWorkerOrClaimIsRefused() {
    NewJob job = stored(aNewJob());
    Claim claim = claimed(job);
    Job before = job(job.id());
    JobOutcome success = new JobOutcome.Succeeded(1);

    assertThat(end(job.id(), new Claim(WorkerId.next(), claim.token()), success, LATER)).isZero();
    assertThat(end(job.id(), new Claim(claim.worker(), ClaimToken.next()), success, LATER))
        .isZero();

    assertThat(job(job.id())).isEqualTo(before);
    assertThat(end(job.id(), claim, success, LATER)).isEqualTo(1);
  }

  // JOB-03, BUG-02
  @Test
  void anOutcomeOfARunThatIsNoLongerStartedIsRefused() {
    NewJob job = stored(aNewJob());
    Claim claim = claimed(job);
    Completion late =
        Completion.of(job(job.id()), claim, new JobOutcome.Succeeded(1), Retention.DEFAULT, LATER);
    ports.moves().cancel(job.id(), Set.of(JobStatus.STARTED), NOW, LATER);
    Job cancelled = job(job.id());

    assertThat(end(late)).isZero();

    assertThat(job(job.id())).isEqualTo(cancelled);
  }

  @Test
  void anEndThatIsSentTwiceIsStoredOnce() {
    NewJob job = stored(aNewJob());
    Completion end =
        Completion.of(
            job(job.id()),
            claimed(job),
            new JobOutcome.Retried(Duration.ofSeconds(1), null, FAILURE),
            Retention.DEFAULT,
            LATER);
    PreparedCompletion prepared = ports.jobs().prepare(end);

    assertThat(ports.jobs().complete(List.of(prepared)).matched()).isEqualTo(1);
    Job after = job(job.id());
    assertThat(ports.jobs().complete(List.of(prepared)).matched()).isZero();

    assertThat(job(job.id())).isEqualTo(after);
  }

  // SEED-06
  @Test
  void aLateEndNeverMeetsTheNextRun() {
    NewJob job = stored(aNewJob());
    Claim lost = claimed(job);
    Completion late =
        Completion.of(job(job.id()), lost, new JobOutcome.Succeeded(1), Retention.DEFAULT, LATER);
    ports.recovery().rescue(lost.worker(), 5, NOW);
    assertThat(end(late)).isZero();
    Claim next = claimed(job);

    assertThat(end(late)).isZero();

    JobAssert.assertThat(job(job.id())).is(JobStatus.STARTED).isHeldBy(next);
  }

  // BUG-02
  @Test
  void ofManyThreadsThatEndOneRunExactlyOneDoes() {
    NewJob job = stored(aNewJob());
    Claim claim = claimed(job);
    Job started = job(job.id());

    List<Long> matched =
        Race.of(
            8,
            runner ->
                end(
                    Completion.of(
                        started, claim, new JobOutcome.Succeeded(runner), Retention.DEFAULT, NOW)));

    assertThat(matched.stream().mapToLong(Long::longValue).sum()).isEqualTo(1);
    assertThat(job(job.id()).result()).isEqualTo(matched.indexOf(1L));
  }

  // PRG-01
  @Test
  void progressIsStoredOfTheOwnRunsAndTheOthersAreTold() {
    NewJob running = stored(aNewJob());
    NewJob cancelled = stored(aNewJob());
    NewJob other = stored(aNewJob());
    Claim claim = claimed(running, cancelled);
    Claim theirs = claimed(other);
    ports.moves().cancel(cancelled.id(), Set.of(JobStatus.STARTED), NOW, LATER);
    Job before = job(other.id());
    Run taken = new Run(cancelled.id(), claim);
    Run foreign = new Run(other.id(), claim);
    Run unknown = new Run(JobId.next(), claim);

    List<Run> gone =
        ports
            .jobs()
            .progress(
                Map.of(new Run(running.id(), claim), 0.25, taken, 0.5, foreign, 0.5, unknown, 1.0));

    assertThat(gone).containsExactlyInAnyOrder(taken, foreign, unknown);
    assertThat(job(running.id()).progress()).isEqualTo(0.25);
    JobAssert.assertThat(job(running.id())).is(JobStatus.STARTED).isHeldBy(claim);
    assertThat(job(cancelled.id()).progress()).isNull();
    assertThat(job(other.id())).isEqualTo(before);
    JobAssert.assertThat(before).isHeldBy(theirs);
    assertThat(ports.jobs().progress(Map.of(new Run(running.id(), claim), 0.25))).isEmpty();
    assertThat(ports.jobs().progress(Map.of())).isEmpty();
  }

  @Test
  void theNotesOfARunAreStoredWithItsEnd() {
    NewJob job = stored(aNewJob());
    Claim claim = claimed(job);
    Completion end =
        Completion.of(
            job(job.id()), claim, new JobOutcome.Failed(FAILURE), Retention.DEFAULT, LATER);

    TraceContext trace =
        TraceContext.after(null, "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");

    end(end.with(new RunNotes(0.75, trace)));

    assertThat(job(job.id()).progress()).isEqualTo(0.75);
    assertThat(job(job.id()).trace()).isEqualTo(trace);
  }

  @Test
  void theStateTellsAStoredEndFromALostRun() {
    NewJob running = stored(aNewJob());
    NewJob ended = stored(aNewJob());
    NewJob rescued = stored(aNewJob());
    NewJob cancelled = stored(aNewJob());
    NewJob forced = stored(aNewJob());
    NewJob unclaimed = stored(aNewJob());
    Claim claim = claimed(running, ended, cancelled, forced);
    Claim dead = claimed(rescued);
    end(ended.id(), claim, new JobOutcome.Succeeded(1), NOW);
    ports.recovery().rescue(dead.worker(), 5, NOW);
    ports.moves().cancel(cancelled.id(), Set.of(JobStatus.STARTED), NOW, LATER);
    ports.moves().requeue(forced.ready(), Set.of(JobStatus.STARTED), NOW);

    Map<JobId, RunState> states =
        ports
            .jobs()
            .states(
                List.of(
                    running.id(),
                    ended.id(),
                    rescued.id(),
                    cancelled.id(),
                    forced.id(),
                    unclaimed.id(),
                    JobId.next()));

    assertThat(states)
        .containsOnly(
            Map.entry(running.id(), state(JobStatus.STARTED, claim, null)),
            Map.entry(ended.id(), state(JobStatus.SUCCESS, claim, NOW)),
            Map.entry(rescued.id(), new RunState(JobStatus.QUEUED, dead.worker(), null, NOW)),
            Map.entry(cancelled.id(), new RunState(JobStatus.CANCEL, claim.worker(), null, NOW)),
            Map.entry(forced.id(), new RunState(JobStatus.QUEUED, claim.worker(), null, NOW)),
            Map.entry(unclaimed.id(), new RunState(JobStatus.QUEUED, null, null, null)));
    assertThat(ports.jobs().states(List.of())).isEmpty();
  }

  @Test
  void aStoredEndIsStillKnownAfterARequeueByHand() {
    NewJob job = stored(aNewJob());
    Claim claim = claimed(job);
    end(job.id(), claim, new JobOutcome.Failed(FAILURE), NOW);
    ports.moves().requeue(job.ready(), JobStatus.finals(), LATER);

    assertThat(ports.jobs().states(List.of(job.id())))
        .containsOnly(Map.entry(job.id(), state(JobStatus.QUEUED, claim, LATER)));
  }

  private static RunState state(JobStatus status, Claim claim, @Nullable Instant dateupdated) {
    return new RunState(status, claim.worker(), claim.token(), dateupdated);
  }

  @Test
  void anEndIsKnownByItsDateAlsoWhenTheJobHasMovedOn() {
    NewJob job = stored(aNewJob());
    Claim claim = claimed(job);
    Completion retry =
        Completion.of(
            job(job.id()),
            claim,
            new JobOutcome.Retried(Duration.ZERO, null, FAILURE),
            Retention.DEFAULT,
            LATER);
    assertThat(stateOf(job.id()).holds(retry)).isFalse();

    end(retry);
    assertThat(stateOf(job.id()).holds(retry)).isTrue();
    claimed(job);

    assertThat(stateOf(job.id()).holds(retry)).as("another worker runs it already").isTrue();
  }

  @Test
  void anEndThatWaitsIsKnownAfterADutyHasQueuedTheJob() {
    NewJob job = stored(aNewJob());
    Claim claim = claimed(job);
    Completion interrupted =
        Completion.of(
            job(job.id()), claim, new JobOutcome.Interrupted(FAILURE), Retention.DEFAULT, NOW);
    end(interrupted);
    ports.recovery().requeueInterrupted(LATER, 10);

    assertThat(stateOf(job.id()).holds(interrupted)).isTrue();
  }

  @Test
  void anEndIsNotStoredWhenAnotherTookTheJobOutOfItsRun() {
    NewJob job = stored(aNewJob());
    Claim claim = claimed(job);
    Completion success =
        Completion.of(job(job.id()), claim, new JobOutcome.Succeeded(1), Retention.DEFAULT, LATER);
    ports.recovery().rescue(claim.worker(), 5, NOW);
    assertThat(stateOf(job.id()).holds(success)).isFalse();
    // As another writer does it, who knows nothing of claims.
    RunState foreign = state(JobStatus.QUEUED, claim, NOW);

    assertThat(foreign.holds(success)).isFalse();
  }

  private RunState stateOf(JobId id) {
    return Objects.requireNonNull(ports.jobs().states(List.of(id)).get(id));
  }
}
