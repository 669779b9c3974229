package io.mrq.key;

import io.mrq.job.JobId;

/** An idempotency key came again with another request. Nothing was stored. */
public class KeyReusedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Names the job that has the key. */
  public KeyReusedException(JobId holder) {
    super("this idempotency key was used for another request, which made the job " + holder);
  }
}
