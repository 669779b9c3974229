package io.mrq.store;

import io.mrq.job.JobId;
import io.mrq.job.JobStatus;
import io.mrq.job.ReadyJob;
import java.time.Instant;
import java.util.Set;

/**
 * Moves by hand. Each is one conditional write and answers whether it matched; a false one changed
 * nothing. Every method may throw {@link StoreUnavailableException}.
 */
public interface JobMoves {
  /**
   * Cancels (protocol §5).
   *
   * @param from the statuses that it may leave
   * @param expires when the document is deleted
   */
  boolean cancel(JobId id, Set<JobStatus> from, Instant now, Instant expires);

  /**
   * Puts a job at the tail of a queue: new {@code datequeued} and order, retries and crashes from
   * zero, {@code attempt} stays (REQ-01, REQ-02, BUG-01).
   *
   * @param to its id, its new queue and order
   * @param from the statuses that it may leave
   */
  boolean requeue(ReadyJob to, Set<JobStatus> from, Instant now);
}
