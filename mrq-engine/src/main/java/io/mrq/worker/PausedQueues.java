package io.mrq.worker;

import io.mrq.job.QueueName;
import io.mrq.store.QueuePauses;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which of the worker's queues are paused: read before the first claim (BUG-46), then every 2 s.
 */
final class PausedQueues {
  static final Duration PERIOD = Duration.ofSeconds(2);

  private final QueuePauses store;
  private volatile @Nullable Set<String> paused;

  PausedQueues(QueuePauses store) {
    this.store = store;
  }

  Duration step() {
    paused = store.paused();
    return PERIOD;
  }

  /** Those of the queues that may be served, in their order (QUE-16, QUE-17). */
  List<String> open(List<String> queues) {
    Set<String> known = paused;
    if (known == null) {
      known = store.paused();
      paused = known;
    }
    Set<String> now = known;
    return queues.stream()
        .filter(q -> !now.contains(q) && !now.contains(QueueName.root(q)))
        .toList();
  }
}
