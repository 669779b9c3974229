package io.mrq.queue;

import io.mrq.store.StoreUnavailableException;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * Port to the paused queues. They are documents in {@code mrq_queues}, so a pause survives the loss
 * of the dispatch index. Every method may throw {@link StoreUnavailableException}.
 */
public interface QueuePauses {
  /** The names that are paused. One without a slash pauses all its subqueues, too. */
  Set<String> paused();

  /** The pauses and the notes of parked jobs, in one read. */
  QueueStates states();

  /** All pauses, sorted by the name of the queue. */
  List<QueuePause> pauses();

  /**
   * Pauses a queue: its running jobs go on, no other job starts. If it is paused already, nothing
   * changes.
   *
   * @param who for people who find it paused
   * @param why for people who find it paused; may be empty
   */
  void pause(String queue, String who, String why, Instant now);

  /**
   * Resumes a queue.
   *
   * @return whether it was paused
   */
  boolean resume(String queue);
}
