package io.mrq.queue;

import io.mrq.job.InvalidJobException;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/**
 * Pauses and resumes queues. A paused queue still takes jobs, and its running jobs go on, but no
 * other job starts. Workers notice a pause or a resume within seconds: 2 s, unless they are told to
 * read the pauses less often. Methods throw {@link io.mrq.store.StoreUnavailableException}.
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
   * Pauses a queue. A name without a slash, or with a single one at its end, pauses all its
   * subqueues, too. If the queue is paused already, nothing changes.
   *
   * @param who for people who find it paused
   * @param why for people who find it paused; may be empty
   * @throws InvalidJobException if no queue can have this name
   */
  public void pause(String queue, String who, String why) {
    pauses.pause(pausable(queue), who, why, clock.instant().truncatedTo(ChronoUnit.MILLIS));
  }

  /**
   * Undoes {@link #pause} of the same name.
   *
   * @return whether the queue is still paused, because its root is
   * @throws InvalidJobException if no queue can have this name
   */
  public boolean resume(String queue) {
    String name = pausable(queue);
    pauses.resume(name);
    return pauseOf(name, paused()).isPresent();
  }

  /** All pauses, sorted by the name of the queue. */
  public List<QueuePause> paused() {
    return pauses.pauses();
  }

  /** Finds the pause that keeps a queue from being served: its own, or else that of its root. */
  public static Optional<QueuePause> pauseOf(String queue, List<QueuePause> pauses) {
    String root = QueueName.root(queue);
    return pauses.stream()
        .filter(pause -> pause.queue().equals(queue))
        .findFirst()
        .or(() -> pauses.stream().filter(pause -> pause.queue().equals(root)).findFirst());
  }

  /**
   * The name under which the pause is stored. Queues to which nobody could enqueue may be paused,
   * too: another program that shares the database may have made them.
   */
  private static String pausable(String queue) {
    if (queue.isBlank() || queue.length() > MAX_NAME) {
      throw new InvalidJobException(
          "queue", "must be the name of a queue, of 1 to %d characters".formatted(MAX_NAME));
    }
    String root = QueueName.root(queue);
    return queue.equals(root + "/") && !root.isEmpty() ? root : queue;
  }
}
