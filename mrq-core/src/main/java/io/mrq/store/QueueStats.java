package io.mrq.store;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The counts that everybody shares, in {@code mrq_stats}: taken by a duty, read for metrics, so
 * that the cost does not grow with the number of readers. Every method may throw {@link
 * StoreUnavailableException}.
 */
public interface QueueStats {
  /** Stores the counts of this moment; recording the same period twice is harmless. */
  void record(List<QueueCount> counts, Instant at);

  /** The newest counts; nothing when none were taken in the last minute. */
  Optional<QueueSample> sample(Instant now);

  /** The newest counts; empty when none were taken in the last minute. */
  default List<QueueCount> latest(Instant now) {
    return sample(now).map(QueueSample::counts).orElse(List.of());
  }

  /** Deletes samples older than {@code before}; answers how many. */
  long deleteOlder(Instant before, int limit);
}
