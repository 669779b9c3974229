package io.mrq.engine.complete;

import io.mrq.engine.run.RunningJob;
import io.mrq.job.Completion;
import io.mrq.job.JobId;
import io.mrq.store.PreparedCompletion;
import java.time.Duration;

/**
 * The outcome of a run on its way into the store.
 *
 * @param unmatched how often it was sent and answered, and neither stored nor refused
 * @param failures how often sending it failed, although the store answered afterwards
 * @param dueNanos when it may be sent again
 */
record PendingOutcome(
    RunningJob running, PreparedCompletion prepared, int unmatched, int failures, long dueNanos) {
  /** From so many failures on, an outcome may be what makes them, and is sent alone. */
  private static final int SUSPECT = 3;

  private static final long FIRST_WAIT_MILLIS = 100;
  private static final long LONGEST_WAIT_MILLIS = 5_000;

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

  /** Whether it is sent without others, since it would make their sending fail, too. */
  boolean goesAlone() {
    return failures >= SUSPECT;
  }

  PendingOutcome alone() {
    return new PendingOutcome(running, prepared, unmatched, SUSPECT, dueNanos);
  }

  PendingOutcome failedOnceMore() {
    return new PendingOutcome(running, prepared, unmatched, failures + 1, dueNanos);
  }

  PendingOutcome instead(PreparedCompletion smaller) {
    return new PendingOutcome(running, smaller, unmatched, failures, dueNanos);
  }

  /** To be sent again after 0.1 s at first, and after twice as long each time, up to 5 s. */
  PendingOutcome unmatchedOnceMore(long now) {
    long millis = Math.min(LONGEST_WAIT_MILLIS, FIRST_WAIT_MILLIS << Math.min(unmatched, 10));
    long due = now + Duration.ofMillis(millis).toNanos();
    return new PendingOutcome(running, prepared, unmatched + 1, failures, due);
  }
}
