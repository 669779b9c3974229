package io.mrq.autoconfigure.metrics;

import java.time.Duration;
import java.util.stream.LongStream;

/** The buckets of histograms. */
final class MeterBuckets {
  /** For runs: 5 ms … 1 h. */
  static final Duration[] RUNS =
      millis(5, 10, 50, 100, 500, 1000, 5000, 30_000, 60_000, 600_000, 3_600_000);

  /** For waits: 1 ms … 1 h. */
  static final Duration[] WAITS =
      millis(1, 10, 50, 100, 500, 1000, 5000, 30_000, 60_000, 600_000, 3_600_000);

  /** For calls of a store: 1 ms … 5 s. */
  static final Duration[] CALLS = millis(1, 5, 10, 50, 100, 500, 1000, 5000);

  /** For recoveries: 1 s … 10 min. */
  static final Duration[] RECOVERIES = millis(1000, 5000, 6000, 7000, 10_000, 30_000, 600_000);

  private MeterBuckets() {}

  private static Duration[] millis(long... values) {
    return LongStream.of(values).mapToObj(Duration::ofMillis).toArray(Duration[]::new);
  }
}
