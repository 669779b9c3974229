package io.mrq.queue;

import java.util.List;
import java.util.Set;

/**
 * What a worker has to know of queues before it claims.
 *
 * @param paused the names that are paused, see {@link QueuePauses#paused}
 * @param parked notes of parked jobs, see {@link ParkedTasks#notes}
 */
public record QueueStates(Set<String> paused, List<ParkedTask> parked) {
  public QueueStates {
    paused = Set.copyOf(paused);
    parked = List.copyOf(parked);
  }
}
