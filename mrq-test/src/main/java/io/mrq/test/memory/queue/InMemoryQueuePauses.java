package io.mrq.test.memory.queue;

import io.mrq.queue.ParkedTasks;
import io.mrq.queue.QueuePause;
import io.mrq.queue.QueuePauses;
import io.mrq.queue.QueueStates;
import io.mrq.test.memory.job.Availability;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;

/** Paused queues in memory. */
public final class InMemoryQueuePauses implements QueuePauses {
  private final Availability availability;
  private final ConcurrentSkipListMap<String, QueuePause> pauses = new ConcurrentSkipListMap<>();

  private final ParkedTasks parked;

  public InMemoryQueuePauses(Availability availability, ParkedTasks parked) {
    this.availability = availability;
    this.parked = parked;
  }

  @Override
  public Set<String> paused() {
    availability.check();
    return Set.copyOf(pauses.keySet());
  }

  @Override
  public QueueStates states() {
    return new QueueStates(paused(), parked.notes());
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
