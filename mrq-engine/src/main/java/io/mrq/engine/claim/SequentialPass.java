package io.mrq.engine.claim;

import io.mrq.queue.QueueSelection.Servable;
import java.util.List;

/** Goes over the queues in the order of the settings; each may use all the room that is left. */
final class SequentialPass implements PassStrategy {
  @Override
  public List<Servable> order(List<Servable> open) {
    return open;
  }

  @Override
  public int maxPlaces(int room, int queuesLeft) {
    return room;
  }
}
