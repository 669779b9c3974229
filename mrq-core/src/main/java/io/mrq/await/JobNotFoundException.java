package io.mrq.await;

import io.mrq.job.JobId;

/** There is no job with the id that was waited for: it never existed, or its retention is over. */
public class JobNotFoundException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient JobId id;

  /** Names the job that is not there. */
  public JobNotFoundException(JobId id) {
    super("there is no job %s: it never existed, or it has ended and was deleted".formatted(id));
    this.id = id;
  }

  /** Returns the id that was waited for. */
  public JobId id() {
    return id;
  }
}
