package io.mrq.dispatch;

import io.mrq.job.JobId;
import io.mrq.job.ReadyJob;
import io.mrq.job.WorkerId;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which ids are ready in each queue, and which workers wait for them.
 *
 * <p>A hint, never the truth: anything in it may be missing, doubled, stale or late, and all of it
 * may be wiped at any moment. A job runs only because a conditional write in the {@code JobStore}
 * matched.
 *
 * <p>Every method may throw {@link DispatchUnavailableException}, at once while the index is known
 * to be away.
 */
public interface DispatchIndex {
  /**
   * Adds ids to a queue's ready set and wakes up to {@code wakes} workers that wait for the queue.
   * When the set is full, those that sort last are dropped; the reconciler brings them back.
   *
   * @param jobs all of this queue; empty: only wakes
   * @param wakes usually the number of jobs; 0: none
   */
  void offer(String queue, Collection<ReadyJob> jobs, int wakes);

  /**
   * Removes and returns the first {@code n} ids of a queue, best order first; fewer when there are
   * fewer.
   */
  List<JobId> take(String queue, int n);

  /** Which of these ids are not in the queue's ready set, and how large it is. */
  Missing missing(String queue, Collection<JobId> ids);

  /** How many ready ids of the queue sort at or before {@code order}. */
  long below(String queue, long order);

  /** The first ready ids of the queue, {@code n} at most, that sort before {@code order}. */
  List<JobId> firstBelow(String queue, long order, int n);

  /** Removes ids from a queue's ready set: after a cancel, or a move to another queue. */
  void drop(String queue, Collection<JobId> ids);

  /** Notes that the worker has free slots and waits for these queues; forgotten after 10 s. */
  void idle(WorkerId worker, Collection<String> queues);

  /** Takes that note back for these queues. */
  void busy(WorkerId worker, Collection<String> queues);

  /**
   * Blocks until the worker is woken.
   *
   * @param timeout at most this long
   * @return the queue that it was woken for; nothing after the timeout
   * @throws InterruptedException when the waiting thread is interrupted
   */
  Optional<String> await(WorkerId worker, Duration timeout) throws InterruptedException;

  /** Whether the index answered lately. While it is false, workers poll the job store instead. */
  boolean isAvailable();

  /**
   * The answer of {@link #missing}.
   *
   * @param absent ids that are not ready
   * @param size of the whole ready set
   */
  record Missing(Set<JobId> absent, long size) {}
}
