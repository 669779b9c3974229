package io.mrq.engine.claim;

import io.mrq.dispatch.DispatchIndex;
import io.mrq.engine.run.WorkerSlots;
import io.mrq.job.JobId;
import io.mrq.queue.QueueSelection.Exact;
import io.mrq.queue.QueueSelection.Servable;
import java.util.List;

/** Claims jobs whose ids it takes from the dispatch index. */
final class IndexClaims {
  /** How many jobs one claim may be for, so that other workers get some, too. */
  static final int MAX_CLAIM = 500;

  private final DispatchIndex index;
  private final WorkerSlots slots;
  private final ClaimGate gate;
  private final Claiming claiming;

  IndexClaims(DispatchIndex index, WorkerSlots slots, ClaimGate gate, Claiming claiming) {
    this.index = index;
    this.slots = slots;
    this.gate = gate;
    this.claiming = claiming;
  }

  /** Claims jobs of one queue for at most these slots; returns how many were started. */
  int claimFrom(Servable queue, int maxSlots) throws InterruptedException {
    int reserved = slots.reserve(Math.min(maxSlots, MAX_CLAIM));
    if (reserved == 0) {
      return 0;
    }
    Claimed claimed = Claimed.NOTHING;
    try {
      // If the jobs of all these ids are gone, the next ids are taken at once.
      while (claimed.wonNothing() && gate.mayClaim()) {
        List<JobId> ids = take(queue, reserved);
        if (ids.isEmpty()) {
          break;
        }
        claimed = claiming.claim(queue.queue(), ids);
      }
      return claimed.started();
    } finally {
      slots.release(reserved - claimed.started());
    }
  }

  private List<JobId> take(Servable from, int count) {
    return switch (from) {
      case Exact(String queue) -> index.take(queue, count);
    };
  }
}
