package io.mrq.client;

import io.mrq.job.JobId;

/**
 * A job ended with success, but its stored result does not fit the type that the task declares in
 * this process: another version of the task returned it, or it could not be stored as it was. The
 * message names the place, and no value.
 */
public class UnreadableResultException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient JobId id;

  /**
   * Says which result cannot be read.
   *
   * @param id of the job
   * @param task the name of the code that declares the type
   * @param cause says what does not fit
   */
  public UnreadableResultException(JobId id, String task, IllegalArgumentException cause) {
    super(
        "the result of job %s is not what %s returns: %s".formatted(id, task, cause.getMessage()),
        cause);
    this.id = id;
  }

  /** Returns the id of the job. */
  public JobId id() {
    return id;
  }
}
