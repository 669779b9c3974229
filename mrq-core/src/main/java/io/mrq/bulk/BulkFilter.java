package io.mrq.bulk;

import io.mrq.job.JobId;
import io.mrq.job.JobStatus;
import io.mrq.query.JobCondition.Since;
import io.mrq.query.JobCondition.Until;
import io.mrq.query.JobFilter;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Selects the jobs of a bulk action: those that pass a filter and, where ids are given, have one of
 * them.
 *
 * @param jobs the conditions
 * @param ids each once and in ascending order, at most {@value #MAX_IDS}; empty: any id
 */
public record BulkFilter(JobFilter jobs, List<JobId> ids) {
  /** How many ids there may be. */
  public static final int MAX_IDS = 10_000;

  public BulkFilter {
    ids = ids.stream().distinct().sorted().toList();
    if (ids.size() > MAX_IDS) {
      throw new IllegalArgumentException("at most %d ids, not %d".formatted(MAX_IDS, ids.size()));
    }
  }

  /** A filter without ids. */
  public static BulkFilter of(JobFilter jobs) {
    return new BulkFilter(jobs, List.of());
  }

  /** Whether every job passes; a bulk action with such a filter is refused. */
  public boolean isEmpty() {
    return jobs.equals(JobFilter.ALL) && ids.isEmpty();
  }

  /**
   * This filter narrowed to some statuses.
   *
   * @param legal at least one
   * @return nothing when no job that passes this filter can be in one of them
   */
  public Optional<BulkFilter> in(Set<JobStatus> legal) {
    Set<JobStatus> both = EnumSet.copyOf(legal);
    if (!jobs.statuses().isEmpty()) {
      both.retainAll(jobs.statuses());
    }
    return both.isEmpty()
        ? Optional.empty()
        : Optional.of(new BulkFilter(jobs.statuses(both), ids));
  }

  /** This filter narrowed to jobs that were enqueued before this moment. */
  public BulkFilter before(Instant end) {
    boolean isNarrower =
        jobs.find(Until.class).filter(until -> until.date().isBefore(end)).isPresent();
    return isNarrower ? this : new BulkFilter(jobs.until(end), ids);
  }

  /** The ids that the conditions on the date let pass, in ascending order. */
  public List<JobId> idsInTime() {
    Optional<JobId> first = jobs.find(Since.class).map(since -> JobId.least(since.date()));
    Optional<JobId> end = jobs.find(Until.class).map(until -> JobId.least(until.date()));
    return ids.stream()
        .filter(id -> first.isEmpty() || id.compareTo(first.get()) >= 0)
        .filter(id -> end.isEmpty() || id.compareTo(end.get()) < 0)
        .toList();
  }
}
