package io.mrq.queue;

import io.mrq.job.InvalidJobException;
import io.mrq.job.QueueName;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/**
 * Pauses queues and lets them go on. A paused queue takes jobs and starts none; those that run go
 * on (QUE-19). Workers learn of either within 2 s. Methods throw {@link
 * io.mrq.store.StoreUnavailableException}.
 */
public final class QueueActions {
  private static final int MAX_NAME = 200;

  private final QueuePauses pauses;
  private final InstantSource clock;

  public QueueActions(QueuePauses pauses, InstantSource clock) {
    this.pauses = pauses;
    this.clock = clock;
  }

  /**
   * Pauses a queue; a name without a slash, or with one at its end only, also all its subqueues
   * (QUE-16). Pausing it again changes nothing.
   *
   * @param why for the people who find it paused; may be empty
   * @throws InvalidJobException for a name that no queue can have
   */
  public void pause(String queue, String who, String why) {
    pauses.pause(named(queue), who, why, clock.instant().truncatedTo(ChronoUnit.MILLIS));
  }

  /**
   * Undoes {@link #pause} of the same name.
   *
   * @return whether the queue is still paused, because its root is
   * @throws InvalidJobException for a name that no queue can have
   */
  public boolean resume(String queue) {
    pauses.resume(named(queue));
    return pauseOf(named(queue), paused()).isPresent();
  }

  /** All pauses, by name. */
  public List<QueuePause> paused() {
    return pauses.pauses();
  }

  /** The pause that keeps this queue from being served: its own, or that of its root (QUE-17). */
  public static Optional<QueuePause> pauseOf(String queue, List<QueuePause> pauses) {
    String root = QueueName.root(queue);
    return pauses.stream()
        .filter(pause -> pause.queue().equals(queue))
        .findFirst()
        .or(() -> pauses.stream().filter(pause -> pause.queue().equals(root)).findFirst());
  }

  /**
   * Any name that a queue can have in a database that is shared, so not only those that may be
   * enqueued to.
   */
  private static String named(String queue) {
    if (queue.isBlank() || queue.length() > MAX_NAME) {
      throw new InvalidJobException(
          "queue", "must be the name of a queue, of 1 to %d characters".formatted(MAX_NAME));
    }
    String root = QueueName.root(queue);
    return queue.equals(root + "/") && !root.isEmpty() ? root : queue;
  }
}
