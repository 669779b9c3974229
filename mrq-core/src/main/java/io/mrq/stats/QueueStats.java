package io.mrq.stats;

import io.mrq.store.StoreUnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The counts that everybody shares, in {@code mrq_stats}: taken by a duty of one scheduler, read
 * for metrics, so that the cost grows neither with the number of readers nor with that of
 * schedulers. Every method may throw {@link StoreUnavailableException}.
 */
public interface QueueStats {
  /** How often jobs are counted, as long as counting them is quick. */
  Duration PERIOD = Duration.ofSeconds(5);

  /** How often they are counted at the least. */
  Duration LONGEST = Duration.ofSeconds(30);

  /** For so long others leave it to the one who has begun to count, who may have died. */
  Duration COUNTING = Duration.ofSeconds(20);

  /** So many times as long as it took to count is nothing counted. */
  int REST = 10;

  /**
   * Begins to count: true for one of all who ask in a period, and for nobody while somebody else
   * counts, or while the last count, if it took long, is not old enough.
   */
  boolean begin(Instant now);

  /**
   * Stores the counts of this moment; recording the same period twice is harmless.
   *
   * @param took how long it took to count
   */
  void record(List<QueueCount> counts, Instant at, Duration took);

  /** As above, for counts that took no time. */
  default void record(List<QueueCount> counts, Instant at) {
    record(counts, at, Duration.ZERO);
  }

  /**
   * Says that a count which was begun at this moment failed, so that the next one waits as if it
   * had succeeded.
   *
   * @param took how long it took to fail
   */
  void failed(Instant at, Duration took);

  /** The newest counts; nothing when none were taken in the last minute. */
  Optional<QueueSample> sample(Instant now);

  /** The newest counts; empty when none were taken in the last minute. */
  default List<QueueCount> latest(Instant now) {
    return sample(now).map(QueueSample::counts).orElse(List.of());
  }

  /** Deletes samples older than {@code before}; answers how many. */
  long deleteOlder(Instant before, int limit);

  /** The beginning of the period of a moment. */
  static Instant periodOf(Instant at) {
    long length = PERIOD.toMillis();
    return Instant.ofEpochMilli(Math.floorDiv(at.toEpochMilli(), length) * length);
  }

  /**
   * Whether nobody else should begin yet.
   *
   * @param begun when somebody began; one of a clock that is far ahead does not count
   * @param took how long that took; null: it has not ended
   */
  static boolean holdsUp(Instant begun, @Nullable Duration took, Instant now) {
    return took == null
        ? now.isBefore(begun.plus(COUNTING)) && !begun.isAfter(now.plus(LONGEST))
        : isEnough(begun, took, now);
  }

  /**
   * Whether a count is so new that it must do.
   *
   * @param taken when it was taken; one of a clock that is far ahead does not count
   * @param took how long that took
   */
  static boolean isEnough(Instant taken, Duration took, Instant now) {
    Duration rest = took.multipliedBy(REST);
    Duration wait = rest.compareTo(PERIOD) < 0 ? PERIOD : rest;
    Instant next = taken.plus(wait.compareTo(LONGEST) > 0 ? LONGEST : wait);
    return now.isBefore(next) && !taken.isAfter(now.plus(LONGEST));
  }
}
