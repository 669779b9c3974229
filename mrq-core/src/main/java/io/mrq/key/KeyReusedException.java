package io.mrq.key;

import io.mrq.job.JobId;

/** An idempotency key was used before, for another request. Nothing was stored. */
public class KeyReusedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * Refuses a request.
   *
   * @param holder the job for which the key stands
   */
  public KeyReusedException(JobId holder) {
    super("this idempotency key was used for another request, which made the job " + holder);
  }
}
