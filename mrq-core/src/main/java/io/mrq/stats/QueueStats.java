package io.mrq.stats;

import io.mrq.store.StoreUnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Counts of unfinished jobs that all processes share. One scheduler counts, everybody reads, so
 * that the cost grows neither with the number of readers nor with that of schedulers.
 *
 * <p>To count, a scheduler calls {@link #begin}; when that answers true it counts, and calls {@link
 * #record} or {@link #failed}. Every method may throw {@link StoreUnavailableException}.
 */
public interface QueueStats {
  /** The length of a period: how often jobs are counted as long as this is quick. */
  Duration PERIOD = Duration.ofSeconds(5);

  /** The longest time between two counts, however long they take. */
  Duration LONGEST = Duration.ofSeconds(30);

  /** How long others wait for a scheduler that has begun to count, which may have died. */
  Duration COUNTING = Duration.ofSeconds(20);

  /** After a count nobody counts for this many times as long as it took. */
  int REST = 10;

  /**
   * Whether the caller should count now. True for only one of all who ask in a period, and for
   * nobody while another counts or while the last count is still new enough; see {@link #holdsUp}.
   */
  boolean begin(Instant now);

  /**
   * Stores counts. To store those of the same period twice is harmless.
   *
   * @param at when they were counted
   * @param took how long it took to count
   */
  void record(List<QueueCount> counts, Instant at, Duration took);

  /** Stores counts that took no time. */
  default void record(List<QueueCount> counts, Instant at) {
    record(counts, at, Duration.ZERO);
  }

  /**
   * Stores that a count failed, so that the next one waits as long as after a count.
   *
   * @param at when the count was begun
   * @param took how long it took to fail
   */
  void failed(Instant at, Duration took);

  /** The newest complete counts; empty when none are younger than a minute. */
  Optional<QueueSample> sample(Instant now);

  /**
   * Deletes counts of periods that began before this moment.
   *
   * @param limit how many documents at most
   * @return how many documents were deleted
   */
  long deleteOlder(Instant before, int limit);

  /** When the period of this moment began. */
  static Instant periodOf(Instant at) {
    long length = PERIOD.toMillis();
    return Instant.ofEpochMilli(Math.floorDiv(at.toEpochMilli(), length) * length);
  }

  /**
   * Whether a count keeps others from counting.
   *
   * @param begun when it was begun; ignored when it lies more than {@link #LONGEST} ahead, since a
   *     clock is wrong then
   * @param took how long it took; null: it has not ended
   */
  static boolean holdsUp(Instant begun, @Nullable Duration took, Instant now) {
    return took == null
        ? now.isBefore(begun.plus(COUNTING)) && !begun.isAfter(now.plus(LONGEST))
        : isEnough(begun, took, now);
  }

  /**
   * Whether a count is so new that nobody should count again.
   *
   * @param taken when it was taken; ignored when it lies more than {@link #LONGEST} ahead
   * @param took how long it took
   */
  static boolean isEnough(Instant taken, Duration took, Instant now) {
    Duration rest = took.multipliedBy(REST);
    Duration wait = rest.compareTo(PERIOD) < 0 ? PERIOD : rest;
    Instant next = taken.plus(wait.compareTo(LONGEST) > 0 ? LONGEST : wait);
    return now.isBefore(next) && !taken.isAfter(now.plus(LONGEST));
  }
}
