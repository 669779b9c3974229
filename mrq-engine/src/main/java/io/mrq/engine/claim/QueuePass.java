package io.mrq.engine.claim;

import io.mrq.dispatch.DispatchRefusedException;
import io.mrq.engine.run.WorkerSlots;
import io.mrq.queue.QueueSelection.Servable;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Looks once into each open queue of a worker, and claims what its free slots allow. */
final class QueuePass {
  private final PassStrategy strategy;
  private final WorkerSlots slots;
  private final IndexClaims index;
  private final StorePolling store;

  QueuePass(PassStrategy strategy, WorkerSlots slots, IndexClaims index, StorePolling store) {
    this.strategy = strategy;
    this.slots = slots;
    this.index = index;
    this.store = store;
  }

  /**
   * Claims jobs; returns how many were started.
   *
   * @throws DispatchRefusedException if the index refuses a queue and the others have no jobs
   */
  int claimFrom(List<Servable> open) throws InterruptedException {
    List<Servable> queues = strategy.order(open);
    List<Servable> refused = new ArrayList<>();
    @Nullable DispatchRefusedException refusal = null;
    int started = 0;
    for (int i = 0; i < queues.size(); i++) {
      try {
        int maxSlots = strategy.maxSlots(slots.free(), queues.size() - i);
        started += index.claimFrom(queues.get(i), maxSlots);
      } catch (DispatchRefusedException e) {
        refused.add(queues.get(i));
        refusal = e;
      }
    }
    if (refusal == null) {
      return started;
    }
    if (started == 0) {
      throw refusal;
    }
    // Busy with the other queues, the worker would never poll the store for the refused ones.
    return started + store.claimFrom(refused);
  }
}
