package io.mrq.store;

import io.mrq.job.Claim;
import io.mrq.job.ClaimToken;
import io.mrq.job.Completion;
import io.mrq.job.JobStatus;
import io.mrq.job.WorkerId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is stored about who runs a job.
 *
 * @param status now
 * @param worker who runs it, or ran it last
 * @param claim of the run; absent once anything but the run's own end took it out of {@code
 *     started}
 * @param dateupdated the last change of status
 */
public record RunState(
    JobStatus status,
    @Nullable WorkerId worker,
    @Nullable ClaimToken claim,
    @Nullable Instant dateupdated) {

  /** Whether the document still carries this claim. */
  public boolean isOf(Claim own) {
    return own.worker().equals(worker) && own.token().equals(claim);
  }

  /** Whether the job still runs under this claim. */
  public boolean isRunOf(Claim own) {
    return status == JobStatus.STARTED && isOf(own);
  }

  /**
   * Whether this end of a run is stored: the document has its date, or has moved on from it. A
   * document that another writer took out of {@code started} may still carry the run's claim, so
   * the claim alone proves nothing.
   */
  public boolean holds(Completion end) {
    if (end.ended().equals(dateupdated)) {
      return true;
    }
    boolean later = dateupdated != null && dateupdated.isAfter(end.ended());
    return later && !end.transition().to().isFinal() && isOf(end.run().claim());
  }
}
