package io.mrq.store;

import io.mrq.job.Job;
import io.mrq.job.JobId;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Looking at jobs, for people. Every method may throw {@link StoreUnavailableException}. */
public interface JobQueries {
  /** The job, or nothing. */
  Optional<Job> find(JobId id);

  /**
   * Jobs that pass the filter, newest id first.
   *
   * @param after only ids older than this one; null: from the newest
   */
  List<Job> list(JobFilter filter, @Nullable JobId after, int limit);
}
