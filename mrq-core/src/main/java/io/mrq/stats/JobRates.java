package io.mrq.stats;

import io.mrq.store.StoreUnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;

/**
 * How much happens, in {@code mrq_rates}: one document a queue and period, to which every process
 * adds what it has counted. For people and their charts: what a process had not yet added when it
 * was killed is missing, and counts whose answer got lost may be there twice. Every method may
 * throw {@link StoreUnavailableException}.
 */
public interface JobRates {
  /** The length of a period; periods begin at whole multiples of it since 1970. */
  Duration PERIOD = Duration.ofSeconds(10);

  /** Stands for all queues beyond the number that a process counts apart. */
  String OTHER = "_other";

  /** Adds counts to those of the same queue and period. */
  void add(Collection<JobRate> counted);

  /** What happened in periods that began then or later, by queue, oldest period first. */
  List<JobRate> since(Instant from);

  /** The same for all queues together; periods in which nothing happened are left out. */
  SortedMap<Instant, JobCounts> totals(Instant from);

  /** Deletes periods that began before; answers how many documents. */
  long deleteOlder(Instant before, int limit);

  /** The beginning of the period that a moment lies in. */
  static Instant periodOf(Instant moment) {
    long length = PERIOD.toMillis();
    return Instant.ofEpochMilli(Math.floorDiv(moment.toEpochMilli(), length) * length);
  }
}
