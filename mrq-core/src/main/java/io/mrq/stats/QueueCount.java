package io.mrq.stats;

import io.mrq.job.JobStatus;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How many unfinished jobs a queue has.
 *
 * @param queue the name
 * @param jobs how many are in each status; a status without jobs is left out
 * @param oldest since when the oldest queued job has been ready: since it was enqueued or, when it
 *     was delayed or retried, since it was due; null when none is queued, or when that is not known
 *     yet because Python enqueued it just now
 * @param atLeast the statuses in which there may be more jobs than were counted
 */
public record QueueCount(
    String queue, Map<JobStatus, Long> jobs, @Nullable Instant oldest, Set<JobStatus> atLeast) {
  /** Exact counts. */
  public QueueCount(String queue, Map<JobStatus, Long> jobs, @Nullable Instant oldest) {
    this(queue, jobs, oldest, Set.of());
  }

  /** How many jobs were counted in this status. */
  public long in(JobStatus status) {
    return jobs.getOrDefault(status, 0L);
  }

  /** Whether there may be more jobs in this status than were counted. */
  public boolean isAtLeast(JobStatus status) {
    return atLeast.contains(status);
  }
}
