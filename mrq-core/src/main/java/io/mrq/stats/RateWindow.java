package io.mrq.stats;

import java.time.Duration;
import java.time.Instant;

/**
 * The window of rates a second: five whole periods and the one that has begun, so 50 to 60 seconds.
 *
 * @param from when its first period began
 * @param to its end
 */
public record RateWindow(Instant from, Instant to) {
  private static final int WHOLE_PERIODS = 5;

  /** The window that ends at this moment. */
  public static RateWindow endingAt(Instant now) {
    return new RateWindow(
        JobRates.periodOf(now).minus(JobRates.PERIOD.multipliedBy(WHOLE_PERIODS)), now);
  }

  /** The rate a second of what was counted in this window, rounded to a thousandth. */
  public double perSecond(long counted) {
    double seconds = Duration.between(from, to).toMillis() / 1000.0;
    return Math.round(counted / seconds * 1000) / 1000.0;
  }
}
