package io.mrq.engine.complete;

import io.mrq.engine.run.RunningJob;
import io.mrq.job.Completion;
import io.mrq.job.JobId;
import io.mrq.store.PreparedCompletion;
import java.time.Duration;

/**
 * The outcome of a run on its way to the store.
 *
 * @param unmatched how often the store answered that it neither stored nor refused the outcome
 * @param failures how often the write failed although the store answered afterwards
 * @param dueNanos when it may be sent again
 */
record PendingOutcome(
    RunningJob running, PreparedCompletion prepared, int unmatched, int failures, long dueNanos) {
  /** After this many failures the outcome may be their cause, and is sent alone. */
  private static final int FAILURES_BEFORE_ALONE = 3;

  private static final long FIRST_DELAY_MILLIS = 100;
  private static final long MAX_DELAY_MILLIS = 5_000;

  static PendingOutcome of(RunningJob running, PreparedCompletion prepared, long now) {
    return new PendingOutcome(running, prepared, 0, 0, now);
  }

  JobId id() {
    return running.job().id();
  }

  Completion end() {
    return prepared.completion();
  }

  boolean isDue(long now) {
    return now - dueNanos >= 0;
  }

  /** Whether it is sent without others, since their write might fail because of it. */
  boolean goesAlone() {
    return failures >= FAILURES_BEFORE_ALONE;
  }

  PendingOutcome alone() {
    return new PendingOutcome(running, prepared, unmatched, FAILURES_BEFORE_ALONE, dueNanos);
  }

  PendingOutcome failedOnceMore() {
    return new PendingOutcome(running, prepared, unmatched, failures + 1, dueNanos);
  }

  PendingOutcome instead(PreparedCompletion smaller) {
    return new PendingOutcome(running, smaller, unmatched, failures, dueNanos);
  }

  /** The same, due after 0.1 s at first, then after twice as long each time, up to 5 s. */
  PendingOutcome unmatchedOnceMore(long now) {
    long millis = Math.min(MAX_DELAY_MILLIS, FIRST_DELAY_MILLIS << Math.min(unmatched, 10));
    long due = now + Duration.ofMillis(millis).toNanos();
    return new PendingOutcome(running, prepared, unmatched + 1, failures, due);
  }
}
