package io.mrq.job;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How one attempt of a job ended. An exhaustive switch turns it into a {@link Completion} (JOB-09).
 */
public sealed interface JobOutcome {
  /**
   * The task returned.
   *
   * @param result a plain value (see {@link JobValues}); null stores nothing (RES-01)
   */
  record Succeeded(@Nullable Object result) implements JobOutcome {}

  /** The task threw, or could not be started. */
  record Failed(Failure failure) implements JobOutcome {}

  /** The run took longer than its timeout. */
  record TimedOut(Failure failure) implements JobOutcome {}

  /** The task asked to be given up. */
  record Aborted(Failure failure) implements JobOutcome {}

  /**
   * The task asked to be run again.
   *
   * @param delay zero: straight back into the queue (RTY-03)
   * @param queue where to; null: the queue that it came from (RTY-04)
   * @param failure what to keep in the history
   */
  record Retried(Duration delay, @Nullable String queue, Failure failure) implements JobOutcome {}

  /** The task asked to be run again, but had used up its retries (RTY-06). */
  record RetriesExhausted(Failure failure) implements JobOutcome {}

  /** The worker was told to stop before the task had ended (INT-05). */
  record Interrupted(Failure failure) implements JobOutcome {}

  /**
   * Never started: another suspect of crashing workers runs here, so this one waits (protocol
   * §7.2). Counts as nothing.
   *
   * @param delay until it may be claimed again
   */
  record PutBack(Duration delay) implements JobOutcome {}
}
