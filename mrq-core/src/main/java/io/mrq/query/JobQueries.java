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
 * Questions about jobs, for people and their tools. Nothing on the path of a job asks them.
 *
 * <p>Every method may throw {@link StoreUnavailableException}. Those that may look at many jobs
 * have a time limit in the store, 5 seconds with MongoDB, and throw {@link QueryTooSlowException}
 * when it is over.
 */
public interface JobQueries {
  /** The job with this id; empty when there is none. */
  Optional<Job> find(JobId id);

  /**
   * Those of these jobs that are there, in any order, in one round trip. They are held in memory
   * together; no ids cost no round trip.
   */
  List<Job> find(Collection<JobId> ids);

  /**
   * The jobs of a {@linkplain #page page} that has no limit in bytes.
   *
   * @param after only ids older than this one; null: from the newest
   * @param limit how many jobs at most
   * @throws QueryTooSlowException when the time limit is over
   */
  default List<Job> list(JobFilter filter, @Nullable JobId after, int limit) {
    return page(filter, after, limit, Long.MAX_VALUE).jobs();
  }

  /**
   * Jobs that pass a filter, newest id first.
   *
   * @param after only ids older than this one; null: from the newest
   * @param limit how many jobs at most
   * @param maxBytes about how large the page may be as stored; a single job always fits
   * @throws QueryTooSlowException when the time limit is over
   */
  JobPage<Job> page(JobFilter filter, @Nullable JobId after, int limit, long maxBytes);

  /**
   * Jobs that pass a filter, newest id first, without what can be large: result, traceback and
   * history are left out, and {@link ShortValues} cuts the other values. Large documents are read
   * one after another, and never held together.
   *
   * @param after only ids older than this one; null: from the newest
   * @param limit how many jobs at most
   * @throws QueryTooSlowException when the time limit is over
   */
  JobPage<JobSummary> summaries(JobFilter filter, @Nullable JobId after, int limit);

  /**
   * How many jobs pass a filter.
   *
   * @param max the count stops at this number
   * @throws QueryTooSlowException when the time limit is over
   */
  long count(JobFilter filter, int max);

  /**
   * Jobs that pass a filter and have an exception type, grouped by task, exception type and
   * fingerprint: the largest group first, groups of equal size in the order of these three.
   *
   * @param now the end of the groups' history
   * @param limit how many groups at most
   * @throws QueryTooSlowException when the time limit is over
   */
  List<FailureGroup> failures(JobFilter filter, Instant now, int limit);

  /** The tracebacks of the last failures of these jobs; a job without one is left out. */
  Map<JobId, String> tracebacks(Collection<JobId> ids);

  /**
   * When each of these jobs first failed with its present exception type, as far back as its
   * history goes. A job without such an attempt is left out.
   */
  Map<JobId, Instant> firstFailures(Collection<JobId> ids);

  /**
   * Names of queues with this prefix that jobs are or were in, sorted.
   *
   * @param prefix empty: any name
   * @param limit how many names at most
   * @throws QueryTooSlowException when the time limit is over
   */
  List<String> queues(String prefix, int limit);

  /**
   * Names of tasks with this prefix that jobs have, sorted.
   *
   * @param prefix empty: any name
   * @param limit how many names at most
   * @throws QueryTooSlowException when the time limit is over
   */
  List<String> paths(String prefix, int limit);
}
