package io.mrq.api.stats;

import io.mrq.stats.JobCounts;
import io.mrq.stats.JobRate;
import io.mrq.stats.JobRates;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/**
 * The last minute for which rates are shown: five whole periods and the one that has begun, so 50
 * to 60 seconds.
 *
 * @param from when its first period began
 * @param to now
 */
public record RateWindow(Instant from, Instant to) {
  private static final int WHOLE_PERIODS = 5;

  /** The window that ends now. */
  public static RateWindow endingAt(Instant now) {
    return new RateWindow(
        JobRates.periodOf(now).minus(JobRates.PERIOD.multipliedBy(WHOLE_PERIODS)), now);
  }

  /** A count of this window per second, rounded to three decimals. */
  public double perSecond(long counted) {
    double seconds = Duration.between(from, to).toMillis() / 1000.0;
    return Math.round(counted / seconds * 1000) / 1000.0;
  }

  /** The sum of these counts for each queue. */
  public static Map<String, JobCounts> byQueue(Collection<JobRate> rates) {
    Map<String, JobCounts> sums = new HashMap<>();
    for (JobRate rate : rates) {
      sums.merge(rate.queue(), rate.counts(), JobCounts::plus);
    }
    return sums;
  }
}
