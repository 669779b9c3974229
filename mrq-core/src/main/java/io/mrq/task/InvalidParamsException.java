package io.mrq.task;

/**
 * The params of a job do not fit its task. The job fails at once and is not retried, whatever the
 * task retries on; the message is shown with the job.
 */
public class InvalidParamsException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * Refuses the params of a job.
   *
   * @param message says everything that is wrong with them
   */
  public InvalidParamsException(String message) {
    super(message);
  }
}
