package io.mrq.test.contract.store;

import static io.mrq.test.builder.NewJobBuilder.aNewJob;
import static org.assertj.core.api.Assertions.assertThat;

import io.mrq.job.Claim;
import io.mrq.job.Job;
import io.mrq.job.JobOutcome;
import io.mrq.job.JobStatus;
import io.mrq.job.NewJob;
import io.mrq.job.Run;
import io.mrq.test.builder.JobAssert;
import io.mrq.test.contract.StoreContract;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How a {@code JobStore} puts interrupted runs of a living worker back into their queues. */
public abstract class InterruptedRunsContract extends StoreContract {
  @Test
  void interruptedRunsGoBackToTheirOldPlace() {
    NewJob job = stored(aNewJob().priority(-7));
    Claim claim = claimed(job);
    end(job.id(), claim, new JobOutcome.Interrupted(FAILURE), NOW);
    List<Run> runs = List.of(new Run(job.id(), claim));

    assertThat(ports.jobs().resume(runs, LATER)).containsExactly(job.ready());

    Job queued = job(job.id());
    JobAssert.assertThat(queued)
        .is(JobStatus.QUEUED)
        .hasOrder(job.order())
        .hasCounts(1, 0, 0)
        .hasHistoryOf(1)
        .neverExpires();
    assertThat(queued.dateupdated()).isEqualTo(LATER);
    ports.jobs().resume(runs, LATER.plusSeconds(1));
    assertThat(job(job.id())).isEqualTo(queued);
  }

  @Test
  void onlyTheOwnInterruptedRunsAreResumed() {
    NewJob interrupted = stored(aNewJob());
    Claim claim = claimed(interrupted);
    end(interrupted.id(), claim, new JobOutcome.Interrupted(FAILURE), NOW);
    NewJob running = stored(aNewJob());
    Claim other = claimed(running);

    ports
        .jobs()
        .resume(
            List.of(
                new Run(interrupted.id(), Claim.by(claim.worker())), new Run(running.id(), other)),
            LATER);
    assertThat(ports.jobs().resume(List.of(), LATER)).isEmpty();

    JobAssert.assertThat(job(interrupted.id())).is(JobStatus.INTERRUPT);
    JobAssert.assertThat(job(running.id())).is(JobStatus.STARTED).isHeldBy(other);
  }
}
