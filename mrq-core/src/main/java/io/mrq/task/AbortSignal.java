package io.mrq.task;

/** Ends the attempt of a task that aborted its job, see {@link JobContext#abort}. */
public final class AbortSignal extends JobSignal {
  private static final long serialVersionUID = 1L;

  /** For the engine: {@link JobContext#abort} throws it. */
  public AbortSignal(String message) {
    super(message);
  }
}
