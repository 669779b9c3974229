package io.mrq.query;

import io.mrq.failure.FailureGroup;
import io.mrq.job.Job;
import io.mrq.job.JobId;
import io.mrq.store.StoreUnavailableException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Looking at jobs, for people. Every method may throw {@link StoreUnavailableException}; those that
 * look at many jobs have a limit of time in the store, and throw {@link QueryTooSlowException}.
 */
public interface JobQueries {
  /** The job, or nothing. */
  Optional<Job> find(JobId id);

  /** As {@link #page}, of any size. */
  default List<Job> list(JobFilter filter, @Nullable JobId after, int limit) {
    return page(filter, after, limit, Long.MAX_VALUE).jobs();
  }

  /**
   * Jobs that pass the filter, newest id first.
   *
   * @param after only ids older than this one; null: from the newest
   * @param maxBytes the page ends before the job with which it would be larger, about; a single job
   *     always fits
   */
  JobPage<Job> page(JobFilter filter, @Nullable JobId after, int limit, long maxBytes);

  /**
   * As {@link #page}, without what can be large: result, traceback and its history are left out,
   * other values are cut by {@link ShortValues}. Large documents are read one after another, and
   * never held together.
   */
  JobPage<JobSummary> summaries(JobFilter filter, @Nullable JobId after, int limit);

  /**
   * How many jobs pass the filter.
   *
   * @param most no more than so many are counted
   */
  long count(JobFilter filter, int most);

  /**
   * Jobs that pass the filter and have an exception type, grouped by task, exception type and
   * fingerprint; the largest group first, then by these three.
   *
   * @param now ends the history
   */
  List<FailureGroup> failures(JobFilter filter, Instant now, int limit);

  /** The tracebacks of these jobs; a job without one is left out. */
  Map<JobId, String> tracebacks(Collection<JobId> ids);

  /**
   * When each of these jobs first failed with the exception type that it has now, as far back as
   * its history goes. A job without such an attempt is left out.
   */
  Map<JobId, Instant> firstFailures(Collection<JobId> ids);

  /** Names of queues that jobs are or were in, in their order, that begin so. */
  List<String> queues(String prefix, int limit);

  /** Names of tasks that jobs have, in their order, that begin so. */
  List<String> paths(String prefix, int limit);
}
