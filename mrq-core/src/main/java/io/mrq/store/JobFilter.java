package io.mrq.store;

import io.mrq.job.JobStatus;
import io.mrq.job.WorkerId;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which jobs to list: all given conditions hold, each by equality.
 *
 * @param statuses any of these; empty: any status
 * @param queue null: any
 * @param path null: any
 * @param worker null: any
 * @param exceptiontype null: any
 */
public record JobFilter(
    Set<JobStatus> statuses,
    @Nullable String queue,
    @Nullable String path,
    @Nullable WorkerId worker,
    @Nullable String exceptiontype) {
  /** Passes every job. */
  public static final JobFilter ALL = new JobFilter(Set.of(), null, null, null, null);

  public JobFilter {
    statuses = Set.copyOf(statuses);
  }
}
