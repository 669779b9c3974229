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
 * Moves of many jobs for a bulk action. Each job is moved by a condition on all that the filter
 * demands, and marked with the action: so a batch can be sent again, and a job is moved once at the
 * most by one action. Every method may throw {@link StoreUnavailableException}.
 */
public interface BulkMoves {
  /**
   * How many jobs pass the filter, exactly.
   *
   * @throws QueryTooSlowException when the store cannot tell within a few seconds
   */
  long count(BulkFilter filter);

  /**
   * Ids of jobs that pass the filter, lowest first.
   *
   * @param after only ids above this one; null: from the lowest
   * @throws QueryTooSlowException when the store cannot tell within a few seconds
   */
  List<JobId> next(BulkFilter filter, @Nullable JobId after, int limit);

  /** What is known of these jobs; one that is gone is left out. */
  List<Candidate> load(Collection<JobId> ids);

  /**
   * Puts those of these jobs that still pass the filter at the tail of their queues, as {@link
   * JobMoves#requeue} does with one.
   *
   * @param filter names the statuses that may be left
   * @param to the jobs with their new queues and orders
   * @throws IllegalArgumentException when the filter names a status that may not be left, or none
   */
  void requeue(BulkActionId by, BulkFilter filter, Collection<ReadyJob> to, Instant now);

  /**
   * Cancels those of these jobs that still pass the filter.
   *
   * @param filter names the statuses that may be left
   * @param expires when the document of each is deleted
   * @throws IllegalArgumentException when the filter names a status that may not be left, or none
   */
  void cancel(BulkActionId by, BulkFilter filter, Map<JobId, Instant> expires, Instant now);

  /** Those of these jobs that the action has moved. */
  Set<JobId> movedBy(BulkActionId action, Collection<JobId> ids);

  /**
   * Where the jobs now stand that these actions moved last: how many are in each status. Jobs that
   * another action has moved since, or that were deleted, are counted nowhere.
   *
   * @return an action without such jobs is left out
   * @throws QueryTooSlowException when the store cannot tell within a few seconds
   */
  Map<BulkActionId, Map<JobStatus, Long>> outcomes(Collection<BulkActionId> actions);

  /**
   * What a move has to know of a job.
   *
   * @param ttl its own; null: as its task says
   */
  record Candidate(
      JobId id,
      String path,
      String queue,
      JobStatus status,
      int priority,
      @Nullable Duration ttl) {}
}
