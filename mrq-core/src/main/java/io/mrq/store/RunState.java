package io.mrq.store;

import io.mrq.job.Claim;
import io.mrq.job.ClaimToken;
import io.mrq.job.Completion;
import io.mrq.job.JobStatus;
import io.mrq.job.WorkerId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Who runs a job, as it is stored.
 *
 * @param status of the job
 * @param worker the worker that runs it, or ran it last; null: none has yet
 * @param claim of the run; null when anything but the run's own completion took the job out of
 *     {@code started}
 * @param dateupdated when the status last changed other than by a claim; null: not since the
 *     enqueue
 */
public record RunState(
    JobStatus status,
    @Nullable WorkerId worker,
    @Nullable ClaimToken claim,
    @Nullable Instant dateupdated) {

  /** Whether the job still carries this claim. */
  public boolean isOf(Claim own) {
    return own.worker().equals(worker) && own.token().equals(claim);
  }

  /** Whether the job still runs under this claim. */
  public boolean isRunOf(Claim own) {
    return status == JobStatus.STARTED && isOf(own);
  }

  /**
   * Whether a completion is stored: the job has its date, or has changed since it. A job that
   * something else took out of {@code started} may still carry the claim of the run, so the claim
   * alone proves nothing.
   */
  public boolean holds(Completion completion) {
    if (completion.ended().equals(dateupdated)) {
      return true;
    }
    boolean later = dateupdated != null && dateupdated.isAfter(completion.ended());
    return later && !completion.transition().to().isFinal() && isOf(completion.run().claim());
  }
}
