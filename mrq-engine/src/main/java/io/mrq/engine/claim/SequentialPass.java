package io.mrq.engine.claim;

import io.mrq.queue.QueueSelection.Servable;
import java.util.List;

/** Goes over the queues in the order of the settings; each may use all slots that are free. */
final class SequentialPass implements PassStrategy {
  @Override
  public List<Servable> order(List<Servable> open) {
    return open;
  }

  @Override
  public int maxSlots(int free, int queuesLeft) {
    return free;
  }
}
