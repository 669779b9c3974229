package io.mrq.test.memory;

import io.mrq.store.QueuePauses;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Paused queues in memory. */
final class InMemoryQueuePauses implements QueuePauses {
  private final Availability availability;
  private final Set<String> paused = ConcurrentHashMap.newKeySet();

  InMemoryQueuePauses(Availability availability) {
    this.availability = availability;
  }

  @Override
  public Set<String> paused() {
    availability.check();
    return Set.copyOf(paused);
  }

  @Override
  public void pause(String queue, String who, String why, Instant now) {
    availability.check();
    paused.add(queue);
  }

  @Override
  public boolean resume(String queue) {
    availability.check();
    return paused.remove(queue);
  }
}
