package io.mrq.task;

import io.mrq.job.TimeHorizon;
import java.time.Duration;

/**
 * How long a retry waits: {@code initial × multiplier^n}, at most {@code max}, for the n-th retry
 * counted from 0.
 *
 * @param initial the first wait, default 3 s; zero: no wait
 * @param multiplier at least 1; 1 is always the same wait
 * @param max the longest wait
 */
public record BackOff(Duration initial, double multiplier, Duration max) {
  /** MRQ's: always 3 s. */
  public static final BackOff DEFAULT = new BackOff(Duration.ofSeconds(3), 1, Duration.ofHours(1));

  public BackOff {
    initial = TimeHorizon.within(initial);
    max = TimeHorizon.within(max);
    if (initial.isNegative() || max.isNegative() || !(multiplier >= 1)) {
      throw new IllegalArgumentException(
          "a back-off needs waits that are not negative and a multiplier of at least 1, but has %s, %s, %s"
              .formatted(initial, multiplier, max));
    }
  }

  /**
   * The wait before the next retry.
   *
   * @param retryCount retries used up so far
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
    // Rounded up: a short wait is no reason for none.
    return Duration.ofMillis((long) Math.ceil(seconds * 1000));
  }

  private static double inSeconds(Duration duration) {
    return duration.getSeconds() + duration.getNano() / 1e9;
  }
}
