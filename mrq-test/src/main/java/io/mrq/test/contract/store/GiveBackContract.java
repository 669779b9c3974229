package io.mrq.test.contract.store;

import static io.mrq.test.builder.NewJobBuilder.aNewJob;
import static org.assertj.core.api.Assertions.assertThat;

import io.mrq.job.Claim;
import io.mrq.job.ClaimToken;
import io.mrq.job.Job;
import io.mrq.job.JobId;
import io.mrq.job.JobOutcome;
import io.mrq.job.JobStatus;
import io.mrq.job.NewJob;
import io.mrq.job.Run;
import io.mrq.job.WorkerId;
import io.mrq.test.builder.JobAssert;
import io.mrq.test.contract.StoreContract;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a {@code JobStore} does when a worker gives jobs back whose runs have not begun. */
public abstract class GiveBackContract extends StoreContract {
  @Test
  void aJobThatIsGivenBackIsInItsOldPlaceAndCountsNoAttempt() {
    NewJob job = stored(aNewJob().priority(4));
    Claim claim = claimed(job);
    List<Run> runs = List.of(new Run(job.id(), claim));

    assertThat(ports.jobs().giveBack(runs, LATER)).containsExactly(job.ready());

    JobAssert.assertThat(job(job.id()))
        .is(JobStatus.QUEUED)
        .hasNoClaim()
        .hasOrder(job.order())
        .hasCounts(0, 0, 0)
        .hasHistoryOf(0)
        .neverExpires();
    assertThat(job(job.id()).dateupdated()).isEqualTo(LATER);
  }

  @Test
  void aRepeatedGiveBackChangesNothingMoreAndAnswersTheSame() {
    NewJob job = stored(aNewJob());
    List<Run> runs = List.of(new Run(job.id(), claimed(job)));
    ports.jobs().giveBack(runs, LATER);
    Job after = job(job.id());

    assertThat(ports.jobs().giveBack(runs, LATER.plusSeconds(1))).containsExactly(job.ready());

    assertThat(job(job.id())).isEqualTo(after);
  }

  @Test
  void theNextClaimOfAJobThatWasGivenBackIsItsFirstAttempt() {
    NewJob job = stored(aNewJob());
    Claim first = claimed(job);
    ports.jobs().giveBack(List.of(new Run(job.id(), first)), LATER);

    Claim second = claimed(job);
    ports.jobs().giveBack(List.of(new Run(job.id(), first)), LATER);

    JobAssert.assertThat(job(job.id())).is(JobStatus.STARTED).isHeldBy(second).hasCounts(1, 0, 0);
  }

  @Test
  void jobsOfSeveralClaimsAreGivenBackTogether() {
    NewJob one = stored(aNewJob());
    NewJob two = stored(aNewJob().queue("other"));
    List<Run> runs = List.of(new Run(one.id(), claimed(one)), new Run(two.id(), claimed(two)));

    assertThat(ports.jobs().giveBack(runs, LATER))
        .containsExactlyInAnyOrder(one.ready(), two.ready());
  }

  @Test
  void onlyARunWithEveryPartOfItsFenceIsGivenBack() {
    NewJob started = stored(aNewJob());
    Claim claim = claimed(started);
    NewJob ended = stored(aNewJob());
    Claim endedClaim = claimed(ended);
    end(ended.id(), endedClaim, new JobOutcome.Succeeded(1), NOW);
    Claim otherWorker = new Claim(WorkerId.next(), claim.token());
    Claim otherToken = new Claim(claim.worker(), ClaimToken.next());

    ports
        .jobs()
        .giveBack(
            List.of(
                new Run(started.id(), otherWorker),
                new Run(ended.id(), endedClaim),
                new Run(JobId.next(), claim)),
            LATER);
    ports.jobs().giveBack(List.of(new Run(started.id(), otherToken)), LATER);
    assertThat(ports.jobs().giveBack(List.of(), LATER)).isEmpty();

    JobAssert.assertThat(job(started.id()))
        .is(JobStatus.STARTED)
        .isHeldBy(claim)
        .hasCounts(1, 0, 0);
    JobAssert.assertThat(job(ended.id())).is(JobStatus.SUCCESS).hasCounts(1, 0, 0);
  }
}
