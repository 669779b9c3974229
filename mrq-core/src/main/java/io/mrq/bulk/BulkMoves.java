package io.mrq.bulk;

import io.mrq.job.JobId;
import io.mrq.job.JobStatus;
import io.mrq.job.ReadyJob;
import io.mrq.query.QueryTooSlowException;
import io.mrq.store.StoreUnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Requeues and cancels many jobs for a bulk action. Each job is changed by one conditional write
 * that checks the filter and marks the job with the action. So a batch may be sent again, and an
 * action changes a job at most once. Every method may throw {@link StoreUnavailableException}.
 */
public interface BulkMoves {
  /**
   * Counts the jobs that pass a filter, exactly.
   *
   * @throws QueryTooSlowException when the store cannot answer in a few seconds
   */
  long count(BulkFilter filter);

  /**
   * Ids of jobs that pass a filter, lowest first.
   *
   * @param after only ids above this one; null: from the lowest
   * @param limit how many at most
   * @throws QueryTooSlowException when the store cannot answer in a few seconds
   */
  List<JobId> next(BulkFilter filter, @Nullable JobId after, int limit);

  /** What a change of these jobs must know; a job that is gone is left out. */
  List<Candidate> load(Collection<JobId> ids);

  /**
   * Requeues jobs that still pass a filter, as {@link io.mrq.store.JobMoves#requeue} requeues one.
   *
   * @param by the bulk action, with which the jobs are marked
   * @param filter names the statuses that may be left
   * @param to the jobs with their new queues and orders
   * @param retries what becomes of their counted retries
   * @throws IllegalArgumentException when the filter names no status, or one that may not be left
   */
  void requeue(
      BulkActionId by, BulkFilter filter, Collection<ReadyJob> to, RetryCount retries, Instant now);

  /** What becomes of the counted retries of a job that is requeued. */
  enum RetryCount {
    /** The job starts from zero, as one that is requeued by hand. */
    ZERO,
    /** The retries that the job has had still count. */
    KEPT
  }

  /**
   * Cancels jobs that still pass a filter.
   *
   * @param by the bulk action, with which the jobs are marked
   * @param filter names the statuses that may be left
   * @param expires the jobs, and when the document of each is deleted
   * @throws IllegalArgumentException when the filter names no status, or one that may not be left
   */
  void cancel(BulkActionId by, BulkFilter filter, Map<JobId, Instant> expires, Instant now);

  /** Those of these jobs that a bulk action was the last to change. */
  Set<JobId> movedBy(BulkActionId action, Collection<JobId> ids);

  /**
   * Counts the jobs that each of these actions was the last to change by their present status. Jobs
   * that were deleted since are not counted.
   *
   * @return the counts by action; an action without such jobs is left out
   * @throws QueryTooSlowException when the store cannot answer in a few seconds
   */
  Map<BulkActionId, Map<JobStatus, Long>> outcomes(Collection<BulkActionId> actions);

  /**
   * What a change must know of a job.
   *
   * @param ttl how long the job's document is kept after its end, if the job has a time of its own;
   *     null: as the task says
   */
  record Candidate(
      JobId id,
      String path,
      String queue,
      JobStatus status,
      int priority,
      @Nullable Duration ttl) {}
}
