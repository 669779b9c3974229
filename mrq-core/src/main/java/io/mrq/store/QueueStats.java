package io.mrq.store;

import java.time.Instant;
import java.util.List;

/**
 * The counts that everybody shares, in {@code mrq_stats}: taken by a duty, read for metrics, so
 * that the cost does not grow with the number of readers. Every method may throw {@link
 * StoreUnavailableException}.
 */
public interface QueueStats {
  /** Stores the counts of this moment; recording the same period twice is harmless. */
  void record(List<QueueCount> counts, Instant at);

  /** The newest counts; empty when none were taken in the last minute. */
  List<QueueCount> latest(Instant now);

  /** Deletes samples older than {@code before}; answers how many. */
  long deleteOlder(Instant before, int limit);
}
