package io.mrq.engine.claim;

import io.mrq.queue.ParkedTask;
import io.mrq.queue.QueueName;
import io.mrq.queue.QueuePauses;
import io.mrq.queue.QueueSelection.Servable;
import io.mrq.queue.QueueStates;
import io.mrq.queue.ServedQueues;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Tells which queues of the worker are paused, and of which tasks jobs are parked. It reads both
 * before the first claim, and again when they are one period old. All but the notes of parked jobs
 * is for the poller's thread alone.
 */
public final class PausedQueues {
  private final QueuePauses store;
  private final Duration period;
  private final LongSupplier nanos;

  /** Also read by those who park jobs. */
  private volatile @Nullable QueueStates states;

  private long readNanos;

  /**
   * Creates it without reading anything.
   *
   * @param period how long an answer of the store is used
   * @param nanos monotonic clock
   */
  public PausedQueues(QueuePauses store, Duration period, LongSupplier nanos) {
    this.store = store;
    this.period = period;
    this.nanos = nanos;
  }

  /** The queues that are not paused, in the order of the settings. */
  List<Servable> open(ServedQueues queues) {
    Set<String> now = current().paused();
    return queues.selections().stream().filter(queue -> !isPaused(queue.queue(), now)).toList();
  }

  /** Notes of parked jobs, as old as what {@link #open} answered last. */
  public List<ParkedTask> parked() {
    QueueStates known = states;
    return known == null ? List.of() : known.parked();
  }

  private static boolean isPaused(String queue, Set<String> paused) {
    return paused.contains(queue) || paused.contains(QueueName.root(queue));
  }

  /** How long {@link #open} answers from memory; if zero, it reads the pauses again. */
  Duration untilNextRead() {
    return states == null
        ? Duration.ZERO
        : period.minusNanos(Math.min(period.toNanos(), nanos.getAsLong() - readNanos));
  }

  private QueueStates current() {
    QueueStates known = states;
    if (known == null || untilNextRead().isZero()) {
      readNanos = nanos.getAsLong();
      known = store.states();
      states = known;
    }
    return known;
  }
}
