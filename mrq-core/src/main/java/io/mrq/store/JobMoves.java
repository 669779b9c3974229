package io.mrq.store;

import io.mrq.job.JobId;
import io.mrq.job.JobStatus;
import io.mrq.job.ReadyJob;
import java.time.Instant;
import java.util.Set;

/**
 * Cancel and requeue of one job, by hand. Each is one conditional write and answers whether it
 * matched; one that did not match has changed nothing. Every method may throw {@link
 * StoreUnavailableException}; the call may then be repeated as it was.
 */
public interface JobMoves {
  /**
   * Cancels a job. A run of it loses its claim, and so its outcome is not stored.
   *
   * @param from the statuses that the job may leave
   * @param expires when the document is deleted
   * @return whether the job was in one of these statuses
   * @throws IllegalArgumentException when a job in one of these statuses may not be cancelled
   */
  boolean cancel(JobId id, Set<JobStatus> from, Instant now, Instant expires);

  /**
   * Puts a job at the tail of a queue. It gets a new {@code datequeued} and order, retries and
   * crashes start from zero, and the number of attempts goes on.
   *
   * @param to the id of the job, its new queue and its new order
   * @param from the statuses that the job may leave
   * @return whether the job was in one of these statuses
   * @throws IllegalArgumentException when a job in one of these statuses may not be requeued
   */
  boolean requeue(ReadyJob to, Set<JobStatus> from, Instant now);
}
