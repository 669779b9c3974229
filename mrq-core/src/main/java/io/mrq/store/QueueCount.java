package io.mrq.store;

import io.mrq.job.JobStatus;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The unfinished jobs of a queue.
 *
 * @param queue its name
 * @param jobs how many in each unfinished status; a status without jobs is left out
 * @param oldest {@code datequeued} of the oldest queued job; null when none is queued
 */
public record QueueCount(String queue, Map<JobStatus, Long> jobs, @Nullable Instant oldest) {
  /** How many jobs are in this status. */
  public long in(JobStatus status) {
    return jobs.getOrDefault(status, 0L);
  }
}
