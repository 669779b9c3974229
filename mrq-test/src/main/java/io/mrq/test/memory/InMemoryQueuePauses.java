package io.mrq.test.memory;

import io.mrq.store.QueuePause;
import io.mrq.store.QueuePauses;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;

/** Paused queues in memory. */
final class InMemoryQueuePauses implements QueuePauses {
  private final Availability availability;
  private final ConcurrentSkipListMap<String, QueuePause> pauses = new ConcurrentSkipListMap<>();

  InMemoryQueuePauses(Availability availability) {
    this.availability = availability;
  }

  @Override
  public Set<String> paused() {
    availability.check();
    return Set.copyOf(pauses.keySet());
  }

  @Override
  public List<QueuePause> pauses() {
    availability.check();
    return List.copyOf(pauses.values());
  }

  @Override
  public void pause(String queue, String who, String why, Instant now) {
    availability.check();
    pauses.putIfAbsent(queue, new QueuePause(queue, who, why, now));
  }

  @Override
  public boolean resume(String queue) {
    availability.check();
    return pauses.remove(queue) != null;
  }
}
