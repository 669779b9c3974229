package io.mrq.task;

/**
 * Unwinds a task that asked to end. An {@link Error} on purpose: a task's {@code catch (Exception
 * e)} must not swallow it (JOB-08, SEED-25). Even one that catches everything changes nothing: the
 * wish was noted before this was thrown.
 */
public abstract sealed class JobSignal extends Error permits RetrySignal, AbortSignal {
  private static final long serialVersionUID = 1L;

  JobSignal(String message) {
    super(message);
  }
}
