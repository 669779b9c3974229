package io.mrq.engine.claim;

import io.mrq.dispatch.DispatchIndex;
import io.mrq.engine.run.WorkerSlots;
import io.mrq.job.JobId;
import io.mrq.queue.QueueSelection.Exact;
import io.mrq.queue.QueueSelection.Servable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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

  /** The sizes of these queues' ready sets; one that the index refuses is left out. */
  Map<String, Long> sizes(List<Servable> queues) {
    return index.sizes(queues.stream().map(Servable::queue).toList());
  }

  /** Claims jobs of one queue for at most these places; returns how many it keeps. */
  int claimFrom(Servable queue, int maxPlaces) throws InterruptedException {
    int reserved = reserve(maxPlaces);
    return reserved == 0 ? 0 : claim(queue, reserved, List.of());
  }

  /**
   * Claims the job that a wake-up has named, if there is a place, and only then removes its id from
   * the index: so the body begins one round trip earlier.
   */
  void claimNamed(Servable from, JobId job, int maxPlaces) throws InterruptedException {
    int reserved = reserve(Math.min(maxPlaces, 1));
    if (reserved > 0) {
      claim(from, reserved, List.of(job));
      index.drop(from.queue(), List.of(job));
    }
  }

  /** Reserves places for a claim from one queue; returns how many. */
  int reserve(int maxPlaces) {
    return slots.reserve(Math.min(maxPlaces, MAX_CLAIM));
  }

  /**
   * Takes ids from several queues at once and claims their jobs; returns how many places it keeps.
   *
   * @param reserved places for each queue, in the order in which the jobs are claimed
   * @param refused gets the queues that the index refuses
   */
  int claimFromAll(Map<Servable, Integer> reserved, List<Servable> refused)
      throws InterruptedException {
    Map<Servable, Integer> unused = new LinkedHashMap<>(reserved);
    int kept = 0;
    try {
      if (!gate.mayClaim()) {
        return 0;
      }
      Map<String, List<JobId>> taken = takeAll(reserved);
      for (Map.Entry<Servable, Integer> queue : reserved.entrySet()) {
        List<JobId> ids = taken.get(queue.getKey().queue());
        if (ids == null) {
          refused.add(queue.getKey());
        } else if (!ids.isEmpty()) {
          unused.remove(queue.getKey());
          kept += claim(queue.getKey(), queue.getValue(), ids);
        }
      }
      return kept;
    } finally {
      unused.values().forEach(slots::release);
    }
  }

  /**
   * Claims jobs of one queue and frees the places that it does not need. If the jobs of all ids are
   * gone, the next ids are taken at once.
   *
   * @param taken the first ids; empty if none were taken yet
   */
  private int claim(Servable queue, int reserved, List<JobId> taken) throws InterruptedException {
    Claimed claimed = Claimed.NOTHING;
    List<JobId> next = taken;
    try {
      while (claimed.wonNothing() && gate.mayClaim()) {
        List<JobId> ids = next.isEmpty() ? take(queue, reserved) : next;
        if (ids.isEmpty()) {
          break;
        }
        next = List.of();
        claimed = claiming.claim(queue.queue(), ids);
      }
      return claimed.kept();
    } finally {
      slots.release(reserved - claimed.kept());
    }
  }

  private List<JobId> take(Servable from, int count) {
    return switch (from) {
      case Exact(String queue) -> index.take(queue, count);
    };
  }

  private Map<String, List<JobId>> takeAll(Map<Servable, Integer> counts) {
    Map<String, Integer> byName = new LinkedHashMap<>();
    counts.forEach((queue, count) -> byName.put(queue.queue(), count));
    return index.take(byName);
  }
}
