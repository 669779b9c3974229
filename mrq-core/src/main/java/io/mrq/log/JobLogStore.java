package io.mrq.log;

import io.mrq.job.JobId;
import io.mrq.store.StoreUnavailableException;
import java.util.Collection;

/**
 * Job logs, in {@code mrq_logs}. Lines are only ever added, and no claim is checked: the lines of a
 * run whose worker was lost are kept too. The collection has a size; when it is reached, the oldest
 * lines are deleted.
 *
 * <p>Lines come in the order in which they were stored, by the clocks of the workers.
 *
 * <p>Every method may throw {@link StoreUnavailableException}; the same call may then be repeated.
 */
public interface JobLogStore {
  /** Stores chunks. A chunk that is already there counts as stored by an earlier attempt. */
  void append(Collection<JobLogChunk> chunks);

  /**
   * The lines of a job after a place, oldest first.
   *
   * @param limit how many lines at the most
   */
  JobLogPage after(JobId job, JobLogCursor place, int limit);

  /** The last lines of a job, at most this many, oldest first. */
  JobLogPage tail(JobId job, int lines);

  /**
   * Deletes the oldest lines when the collection has exceeded its size; does nothing when the store
   * does that by itself.
   *
   * @param limit how many chunks at the most
   * @return how many chunks were deleted
   */
  long trim(int limit);
}
