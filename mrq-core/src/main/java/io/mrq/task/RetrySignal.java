package io.mrq.task;

/** Ends the attempt of a task that asked for another one, see {@link JobContext#retry}. */
public final class RetrySignal extends JobSignal {
  private static final long serialVersionUID = 1L;

  /** For the engine: {@link JobContext#retry} throws it. */
  public RetrySignal(String message) {
    super(message);
  }
}
