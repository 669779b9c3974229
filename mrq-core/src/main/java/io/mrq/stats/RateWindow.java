package io.mrq.stats;

import java.time.Duration;
import java.time.Instant;

/**
 * The last minute, as far as whole periods and the one that has begun make it up: 50 to 60 seconds.
 *
 * @param from the beginning of its first period
 * @param to now
 */
public record RateWindow(Instant from, Instant to) {
  private static final int WHOLE_PERIODS = 5;

  /** The minute that ends now. */
  public static RateWindow endingAt(Instant now) {
    return new RateWindow(
        JobRates.periodOf(now).minus(JobRates.PERIOD.multipliedBy(WHOLE_PERIODS)), now);
  }

  /** How many a second, to a thousandth. */
  public double perSecond(long counted) {
    double seconds = Duration.between(from, to).toMillis() / 1000.0;
    return Math.round(counted / seconds * 1000) / 1000.0;
  }
}
