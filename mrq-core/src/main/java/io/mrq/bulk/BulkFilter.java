package io.mrq.bulk;

import io.mrq.job.JobId;
import io.mrq.job.JobStatus;
import io.mrq.query.JobFilter;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which jobs a bulk action is for: all given conditions hold (UI-11, SEED-13).
 *
 * @param jobs the conditions
 * @param ids only these, each once and in their order; empty: any
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

  /** Of conditions alone. */
  public static BulkFilter of(JobFilter jobs) {
    return new BulkFilter(jobs, List.of());
  }

  /** Whether it would pass every job; such a one starts nothing. */
  public boolean isEmpty() {
    return jobs.equals(JobFilter.ALL) && ids.isEmpty();
  }

  /**
   * Narrowed to statuses that a move may leave.
   *
   * @return nothing when no job of this filter can be in one of them
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

  /** Narrowed to jobs made before this moment. */
  public BulkFilter before(Instant end) {
    Instant until = jobs.until();
    return until != null && until.isBefore(end) ? this : new BulkFilter(jobs.until(end), ids);
  }

  /** Those of the ids, in their order, that pass {@code since} and {@code until}. */
  public List<JobId> idsInTime() {
    Instant since = jobs.since();
    Instant until = jobs.until();
    JobId first = since == null ? null : JobId.least(since);
    JobId end = until == null ? null : JobId.least(until);
    return ids.stream()
        .filter(id -> first == null || id.compareTo(first) >= 0)
        .filter(id -> end == null || id.compareTo(end) < 0)
        .toList();
  }
}
