package io.mrq.job;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How a run ended. {@link Completion#of} turns it into the write that stores it. */
public sealed interface JobOutcome {
  /**
   * The task returned.
   *
   * @param result a plain value (see {@link JobValues}); null: the job has no result
   */
  record Succeeded(@Nullable Object result) implements JobOutcome {}

  /** The task threw, or could not be started. */
  record Failed(Failure failure) implements JobOutcome {}

  /** The run took longer than its timeout. */
  record TimedOut(Failure failure) implements JobOutcome {}

  /** The task aborted its job. */
  record Aborted(Failure failure) implements JobOutcome {}

  /**
   * The task asked for a retry.
   *
   * @param delay how long the job waits; zero: it goes straight back into its queue
   * @param queue where the job waits; null: in the queue that it came from
   * @param failure what the history of the job keeps
   */
  record Retried(Duration delay, @Nullable String queue, Failure failure) implements JobOutcome {}

  /** The task asked for a retry, but the job has had all its retries. */
  record RetriesExhausted(Failure failure) implements JobOutcome {}

  /** The worker was told to stop before the task had ended. */
  record Interrupted(Failure failure) implements JobOutcome {}

  /**
   * The task was not started: a job that is suspected to crash workers already runs here, and this
   * one is suspected too. It counts as no attempt that failed and as no retry.
   *
   * @param delay how long the job waits before it may be claimed again
   */
  record PutBack(Duration delay) implements JobOutcome {}
}
