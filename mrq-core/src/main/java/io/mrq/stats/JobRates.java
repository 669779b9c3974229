package io.mrq.stats;

import io.mrq.store.StoreUnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;

/**
 * Rates of enqueued and ended jobs, by queue and period. Every process adds what it has counted.
 * They are made for people and their charts: the counts that a process had not yet added when it
 * was killed are missing, and counts whose answer was lost may be added twice.
 *
 * <p>Every method may throw {@link StoreUnavailableException}.
 */
public interface JobRates {
  /** The length of a period; periods begin at whole multiples of it since 1970. */
  Duration PERIOD = Duration.ofSeconds(10);

  /** The name under which a process counts all queues beyond the number that it tells apart. */
  String OTHER = "_other";

  /** Adds counts to the stored ones of the same queue and period. */
  void add(Collection<JobRate> counted);

  /** The rates of periods that began at this moment or later, oldest period first. */
  List<JobRate> since(Instant from);

  /**
   * The counts of all queues together, by the begin of periods that began at this moment or later.
   * A period without counts is left out.
   */
  SortedMap<Instant, JobCounts> totals(Instant from);

  /**
   * Deletes the rates of periods that began before this moment.
   *
   * @param limit how many documents at most
   * @return how many documents were deleted
   */
  long deleteOlder(Instant before, int limit);

  /** When the period of this moment began. */
  static Instant periodOf(Instant moment) {
    long length = PERIOD.toMillis();
    return Instant.ofEpochMilli(Math.floorDiv(moment.toEpochMilli(), length) * length);
  }
}
