package io.mrq.store;

import io.mrq.job.Claim;
import io.mrq.job.ClaimToken;
import io.mrq.job.JobStatus;
import io.mrq.job.WorkerId;
import org.jspecify.annotations.Nullable;

/**
 * What is stored about who runs a job.
 *
 * @param status now
 * @param worker who runs it, or ran it last
 * @param claim of the run; absent once anything but the run's own end took it out of {@code
 *     started}
 */
public record RunState(JobStatus status, @Nullable WorkerId worker, @Nullable ClaimToken claim) {

  /** Whether the document still carries this claim. */
  public boolean isOf(Claim own) {
    return own.worker().equals(worker) && own.token().equals(claim);
  }
}
