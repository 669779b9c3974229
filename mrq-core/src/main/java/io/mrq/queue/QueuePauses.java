package io.mrq.queue;

import io.mrq.store.StoreUnavailableException;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * Paused queues, documents in {@code mrq_queues} (protocol §7): a pause survives the loss of Redis.
 * Every method may throw {@link StoreUnavailableException}.
 */
public interface QueuePauses {
  /**
   * The names of all paused queues. A name without a slash also pauses all its subqueues (QUE-16).
   */
  Set<String> paused();

  /** All pauses with who, why and when, by name of the queue. */
  List<QueuePause> pauses();

  /**
   * Pauses a queue: running jobs go on, no further one starts. Pausing it again changes nothing.
   *
   * @param who for the people who find it paused
   * @param why likewise
   */
  void pause(String queue, String who, String why, Instant now);

  /** Lets a queue go on; answers whether it was paused. */
  boolean resume(String queue);
}
