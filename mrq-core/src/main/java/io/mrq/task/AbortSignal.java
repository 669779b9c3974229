package io.mrq.task;

/** The task gave its job up. */
public final class AbortSignal extends JobSignal {
  private static final long serialVersionUID = 1L;

  /** For the engine, which throws it out of {@link JobContext}. */
  public AbortSignal(String message) {
    super(message);
  }
}
