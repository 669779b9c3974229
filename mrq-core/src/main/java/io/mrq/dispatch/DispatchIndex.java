package io.mrq.dispatch;

import io.mrq.job.JobId;
import io.mrq.job.ReadyJob;
import io.mrq.job.WorkerId;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Port to the dispatch index: which job ids are ready in each queue, and which workers wait for
 * them.
 *
 * <p>It gives hints and never decides. An entry may be missing, doubled, stale or late, and all of
 * them may be wiped at any moment: a job runs only if a conditional write in the {@code JobStore}
 * matched.
 *
 * <p>Every method may throw {@link DispatchUnavailableException}. While the index is known to be
 * away, it throws at once.
 */
public interface DispatchIndex {
  /**
   * Adds ids to a queue's ready set and wakes workers that wait for the queue. When the set is
   * full, the ids that sort last are dropped, and the reconciler offers them again later.
   *
   * <p>When these ids are all that is ready, and each finds a worker to wake, each of these workers
   * is told of one. The ids stay in the set until they are {@linkplain #drop dropped} or taken: a
   * wake-up that is lost costs nobody an id.
   *
   * @param jobs all of this queue; may be empty, to wake workers only
   * @param maxWakes how many workers to wake at most, usually the number of jobs; 0 wakes none
   */
  void offer(String queue, Collection<ReadyJob> jobs, int maxWakes);

  /**
   * Takes up to {@code n} ids out of a queue's ready set, those with the lowest order first.
   *
   * @return empty if the set is empty
   */
  List<JobId> take(String queue, int n);

  /**
   * Takes ids out of the ready sets of several queues, as {@link #take(String, int)} does.
   *
   * @param counts how many ids to take at most from each queue
   * @return what was taken from each queue; one whose set the index refuses to read is left out
   */
  Map<String, List<JobId>> take(Map<String, Integer> counts);

  /**
   * Counts the ids in the ready sets of several queues.
   *
   * @return the size of each; a queue whose set the index refuses to read is left out
   */
  Map<String, Long> sizes(Collection<String> queues);

  /** Tells which of these ids are not in the queue's ready set, and how large the set is. */
  Missing missing(String queue, Collection<JobId> ids);

  /** Counts the ids of a queue's ready set that sort at or before {@code order}. */
  long below(String queue, long order);

  /**
   * The first ids of a queue's ready set that sort before {@code order}, at most {@code n}. They
   * stay in the set.
   */
  List<JobId> firstBelow(String queue, long order, int n);

  /** Removes ids from a queue's ready set, after a cancel or a move to another queue. */
  void drop(String queue, Collection<JobId> ids);

  /**
   * Notes that a worker has free slots and waits for jobs of these queues. The note counts for 10
   * s.
   */
  void idle(WorkerId worker, Collection<String> queues);

  /** Takes the idle notes of a worker back for these queues. */
  void busy(WorkerId worker, Collection<String> queues);

  /**
   * Blocks until a worker is woken.
   *
   * @param timeout at most this long
   * @return for what it was woken; empty after the timeout
   * @throws InterruptedException if the waiting thread is interrupted
   */
  Optional<WakeUp> await(WorkerId worker, Duration timeout) throws InterruptedException;

  /**
   * Whether the index answered lately. While it did not, workers poll the job store instead, and
   * call nothing else here; so asking must in time find out that the index answers again.
   */
  boolean isAvailable();

  /**
   * The answer of {@link #missing}.
   *
   * @param absent ids that are not in the ready set
   * @param size of the whole ready set
   */
  record Missing(Set<JobId> absent, long size) {}
}
