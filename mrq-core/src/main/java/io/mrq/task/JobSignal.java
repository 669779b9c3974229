package io.mrq.task;

/**
 * Ends an attempt whose task asked for a retry or for an abort. It is an {@link Error}, so that a
 * {@code catch (Exception e)} in the task does not swallow it. A task that catches it all the same
 * changes nothing: what it asked for was noted before this was thrown.
 */
public abstract sealed class JobSignal extends Error permits RetrySignal, AbortSignal {
  private static final long serialVersionUID = 1L;

  JobSignal(String message) {
    super(message);
  }
}
