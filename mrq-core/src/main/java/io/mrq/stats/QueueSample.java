package io.mrq.stats;

import java.time.Instant;
import java.util.List;

/**
 * The counts of all queues at one moment.
 *
 * @param at when the period began in which they were counted
 * @param counts one for each queue that has unfinished jobs
 */
public record QueueSample(Instant at, List<QueueCount> counts) {
  public QueueSample {
    counts = List.copyOf(counts);
  }
}
