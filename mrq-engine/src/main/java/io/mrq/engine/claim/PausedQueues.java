package io.mrq.engine.claim;

import io.mrq.queue.QueueName;
import io.mrq.queue.QueuePauses;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Which of the worker's queues are paused: read before the first claim, and again when what was
 * read is 2 s old. For the poller's thread alone.
 */
public final class PausedQueues {
  static final Duration PERIOD = Duration.ofSeconds(2);

  private final QueuePauses store;
  private final LongSupplier nanos;
  private @Nullable Set<String> paused;
  private long readNanos;

  public PausedQueues(QueuePauses store, LongSupplier nanos) {
    this.store = store;
    this.nanos = nanos;
  }

  /** Those of the queues that may be served, in their order. */
  List<String> open(List<String> queues) {
    Set<String> now = current();
    return queues.stream()
        .filter(queue -> !now.contains(queue) && !now.contains(QueueName.root(queue)))
        .toList();
  }

  /** How long {@link #open} answers from memory; zero: it reads again. */
  Duration untilNextRead() {
    return paused == null
        ? Duration.ZERO
        : PERIOD.minusNanos(Math.min(PERIOD.toNanos(), nanos.getAsLong() - readNanos));
  }

  private Set<String> current() {
    Set<String> known = paused;
    if (known == null || untilNextRead().isZero()) {
      readNanos = nanos.getAsLong();
      known = store.paused();
      paused = known;
    }
    return known;
  }
}
