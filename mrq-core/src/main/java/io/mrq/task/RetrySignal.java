package io.mrq.task;

/** The task asked for another attempt. */
public final class RetrySignal extends JobSignal {
  private static final long serialVersionUID = 1L;

  /** For the engine, which throws it out of {@link JobContext}. */
  public RetrySignal(String message) {
    super(message);
  }
}
