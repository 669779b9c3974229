package io.mrq.task;

/** The params of a job do not fit its task. The job fails at once, with the messages. */
public class InvalidParamsException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Says all that is wrong. */
  public InvalidParamsException(String message) {
    super(message);
  }
}
