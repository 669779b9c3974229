package io.mrq.task;

import io.mrq.job.TimeHorizon;
import java.time.Duration;

/**
 * How long a job waits before a retry: {@code initial × multiplier^n}, but at most {@code max},
 * before the n-th retry counted from 0. A time beyond a century counts as a century.
 *
 * @param initial the wait before the first retry, default 3 s; zero: no wait
 * @param multiplier by what the wait grows with each further retry, at least 1; 1 keeps it the same
 * @param max the longest wait, default one hour; not negative
 */
public record BackOff(Duration initial, double multiplier, Duration max) {
  /** Waits 3 s before every retry. */
  public static final BackOff DEFAULT = new BackOff(Duration.ofSeconds(3), 1, Duration.ofHours(1));

  public BackOff {
    initial = TimeHorizon.within(initial);
    max = TimeHorizon.within(max);
    if (initial.isNegative() || max.isNegative() || !(multiplier >= 1)) {
      throw new IllegalArgumentException(
          "initial and max of a back-off must not be negative and its multiplier must be at least 1, but initial, multiplier and max are %s, %s and %s"
              .formatted(initial, multiplier, max));
    }
  }

  /**
   * Returns the wait before the next retry.
   *
   * @param retryCount how many retries the job has had
   */
  public Duration delay(int retryCount) {
    if (initial.isZero()) {
      return Duration.ZERO;
    }
    // Powers become infinite, and durations overflow: both are compared before they are converted.
    double seconds = inSeconds(initial) * Math.pow(multiplier, Math.max(0, retryCount));
    if (seconds >= inSeconds(max)) {
      return max;
    }
    // Rounded up, so that a wait shorter than a millisecond is still a wait.
    return Duration.ofMillis((long) Math.ceil(seconds * 1000));
  }

  private static double inSeconds(Duration duration) {
    return duration.getSeconds() + duration.getNano() / 1e9;
  }
}
