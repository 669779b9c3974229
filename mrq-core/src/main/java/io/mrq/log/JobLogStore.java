package io.mrq.log;

import io.mrq.job.JobId;
import io.mrq.store.StoreUnavailableException;
import java.util.Collection;

/**
 * What tasks logged, in {@code mrq_logs} (behaviours §2.7). Lines are only ever added, by no fence:
 * what a lost run had to say is kept too (protocol §5). The collection has a size; when it is
 * reached the oldest lines go.
 *
 * <p>Lines come in the order in which they were stored, by the clocks of the workers that did.
 *
 * <p>Every method may throw {@link StoreUnavailableException}; the call may then be repeated as it
 * was.
 */
public interface JobLogStore {
  /** Stores chunks. One that is already there counts as stored by an earlier try. */
  void append(Collection<JobLogChunk> chunks);

  /**
   * The lines of a job after a place, oldest first (BUG-18).
   *
   * @param limit at most this many
   */
  JobLogPage after(JobId job, JobLogCursor place, int limit);

  /** The last so many lines of a job, oldest first. */
  JobLogPage tail(JobId job, int lines);

  /**
   * Deletes the oldest lines of a collection that has outgrown its size; nothing where the store
   * does that by itself (MIX-17).
   *
   * @param limit at most so many chunks
   * @return how many chunks
   */
  long trim(int limit);
}
