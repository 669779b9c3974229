package io.mrq.queue;

import io.mrq.job.JobId;
import io.mrq.job.ReadyJob;
import io.mrq.store.StoreUnavailableException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;

/**
 * Port to parked jobs. They are queued like others, but in a lane of their task, where only those
 * find them who ask for the task. A note in {@code mrq_queues} tells workers that there are some;
 * it may be missing for a while, and may outlive the jobs. Every method may throw {@link
 * StoreUnavailableException}.
 */
public interface ParkedTasks {
  /** How many tasks of a queue are noted at the most; what is beyond waits for its turn. */
  int MAX_NOTES = 200;

  /** All notes, sorted by queue and path. */
  List<ParkedTask> notes();

  /** Notes that jobs of these tasks are parked in a queue; what was counted before stays. */
  void note(String queue, Collection<String> paths, Instant now);

  /** The first parked jobs of these tasks in a queue, by order. */
  List<ReadyJob> jobs(String queue, Collection<String> paths, int limit);

  /** Makes those of these jobs ordinary ones again that are parked in the queue. */
  void unpark(String queue, Collection<JobId> ids);

  /**
   * Counts the parked jobs of a queue by task. Of very many the first are counted only.
   *
   * @param now the date of the answer
   */
  List<ParkedTask> count(String queue, Instant now);

  /** Stores what was counted in a queue, as notes. */
  void note(String queue, List<ParkedTask> counted);

  /** Removes the note of a task, unless somebody has renewed it after this time. */
  void forget(String queue, String path, Instant notedBefore);
}
