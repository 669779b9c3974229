package io.mrq.stats;

import java.time.Instant;
import java.util.List;

/**
 * The unfinished jobs of all queues at one moment.
 *
 * @param at the beginning of the period in which they were counted
 * @param counts one for each queue that holds any
 */
public record QueueSample(Instant at, List<QueueCount> counts) {
  public QueueSample {
    counts = List.copyOf(counts);
  }
}
