package io.mrq.stats;

import io.mrq.job.JobStatus;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The unfinished jobs of a queue.
 *
 * @param queue its name
 * @param jobs how many in each unfinished status; a status without jobs is left out
 * @param oldest {@code datequeued} of the oldest queued job; null when none is queued
 * @param atLeast the statuses in which there may be more jobs than were counted
 */
public record QueueCount(
    String queue, Map<JobStatus, Long> jobs, @Nullable Instant oldest, Set<JobStatus> atLeast) {
  /** A count of all jobs. */
  public QueueCount(String queue, Map<JobStatus, Long> jobs, @Nullable Instant oldest) {
    this(queue, jobs, oldest, Set.of());
  }

  /** How many jobs are in this status, or at least are. */
  public long in(JobStatus status) {
    return jobs.getOrDefault(status, 0L);
  }

  /** Whether there may be more jobs in this status than were counted. */
  public boolean isAtLeast(JobStatus status) {
    return atLeast.contains(status);
  }
}
