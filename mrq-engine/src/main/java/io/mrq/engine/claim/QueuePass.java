package io.mrq.engine.claim;

import io.mrq.dispatch.DispatchRefusedException;
import io.mrq.engine.run.WorkerSlots;
import io.mrq.queue.QueueSelection.Servable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * Looks into the open queues of a worker, and claims what its room allows. For a single queue that
 * is one take. For several it asks for the sizes of all in one round trip, and takes in a second
 * one from those that are not empty. A worker that passes again within a few milliseconds looks
 * first into the queues that were not empty.
 */
final class QueuePass {
  private static final Duration MIN_BETWEEN_FULL_PASSES = Duration.ofMillis(5);
  private static final Duration MIN_BETWEEN_FULL_PASSES_PER_QUEUE = Duration.ofMillis(1);

  private final PassStrategy strategy;
  private final WorkerSlots slots;
  private final IndexClaims index;
  private final StorePolling store;
  private final LongSupplier nanos;
  private final Set<Servable> notEmpty = new HashSet<>();
  private long fullPassAt;

  QueuePass(
      PassStrategy strategy,
      WorkerSlots slots,
      IndexClaims index,
      StorePolling store,
      LongSupplier nanos) {
    this.strategy = strategy;
    this.slots = slots;
    this.index = index;
    this.store = store;
    this.nanos = nanos;
  }

  /**
   * Claims jobs of one or several of these queues. It finds nothing only if all are empty.
   *
   * @return how many places are kept
   * @throws DispatchRefusedException if the index refuses a queue and the others have no jobs
   */
  int claimFrom(List<Servable> open) throws InterruptedException {
    if (open.size() == 1) {
      return index.claimFrom(open.getFirst(), strategy.maxPlaces(slots.room(), 1));
    }
    if (!isFullPassDue(open.size())) {
      List<Servable> some = open.stream().filter(notEmpty::contains).toList();
      int kept = some.isEmpty() ? 0 : claimFromNotEmpty(some);
      if (kept > 0) {
        return kept;
      }
    }
    fullPassAt = nanos.getAsLong();
    return claimFromAll(open);
  }

  private boolean isFullPassDue(int queues) {
    long between =
        Math.max(
            MIN_BETWEEN_FULL_PASSES.toNanos(),
            MIN_BETWEEN_FULL_PASSES_PER_QUEUE.toNanos() * queues);
    return notEmpty.isEmpty() || nanos.getAsLong() - fullPassAt >= between;
  }

  /** Looks into a few queues, one after the other. */
  private int claimFromNotEmpty(List<Servable> some) throws InterruptedException {
    List<Servable> queues = strategy.order(some);
    int kept = 0;
    for (int i = 0; i < queues.size(); i++) {
      kept += index.claimFrom(queues.get(i), strategy.maxPlaces(slots.room(), queues.size() - i));
    }
    return kept;
  }

  private int claimFromAll(List<Servable> open) throws InterruptedException {
    List<Servable> queues = strategy.order(open);
    List<Servable> refused = new ArrayList<>();
    Map<Servable, Integer> reserved = reserve(queues, index.sizes(queues), refused);
    int kept = reserved.isEmpty() ? 0 : index.claimFromAll(reserved, refused);
    if (kept == 0 && !reserved.isEmpty()) {
      // Other workers took what was there, but a queue that got no places may still have jobs.
      notEmpty.removeAll(refused);
      kept = claimFromNotEmpty(open.stream().filter(notEmpty::contains).toList());
    }
    if (refused.isEmpty()) {
      return kept;
    }
    if (kept == 0) {
      throw new DispatchRefusedException(
          "Redis refused the ready sets of %d queues".formatted(refused.size()), null);
    }
    // Busy with the other queues, the worker would never poll the store for the refused ones.
    return kept + store.claimFrom(refused);
  }

  /** Reserves places for the queues that are not empty, as the strategy shares them. */
  private Map<Servable, Integer> reserve(
      List<Servable> queues, Map<String, Long> sizes, List<Servable> refused) {
    Map<Servable, Integer> reserved = new LinkedHashMap<>();
    notEmpty.clear();
    for (int i = 0; i < queues.size(); i++) {
      Servable queue = queues.get(i);
      Long size = sizes.get(queue.queue());
      if (size == null) {
        refused.add(queue);
      } else if (size > 0) {
        notEmpty.add(queue);
        int max = strategy.maxPlaces(slots.room(), queues.size() - i);
        int places = index.reserve((int) Math.min(max, size));
        if (places > 0) {
          reserved.put(queue, places);
        }
      }
    }
    return reserved;
  }
}
