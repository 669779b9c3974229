package io.mrq.engine.claim;

import io.mrq.engine.run.WorkerSlots;
import io.mrq.job.JobId;
import io.mrq.job.ReadyJob;
import io.mrq.queue.QueueSelection.Servable;
import io.mrq.store.JobStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/** Claims jobs that it finds in the store, for queues that the dispatch index does not serve. */
final class StorePolling {
  private static final Duration MIN_WAIT = Duration.ofSeconds(1);
  private static final Duration MAX_WAIT = Duration.ofSeconds(5);
  private static final Duration WAIT_AFTER_CLAIM = Duration.ofMillis(50);

  /** How many jobs are read for each free slot, so that workers can choose different ones. */
  private static final int READ_PER_SLOT = 10;

  private final JobStore store;
  private final WorkerSlots slots;
  private final ClaimGate gate;
  private final Claiming claiming;
  private Duration nextWait = MIN_WAIT;

  StorePolling(JobStore store, WorkerSlots slots, ClaimGate gate, Claiming claiming) {
    this.store = store;
    this.slots = slots;
    this.gate = gate;
    this.claiming = claiming;
  }

  /** How long to wait before the next poll, after one that claimed jobs or found none. */
  Duration waitAfter(boolean claimed) {
    if (claimed) {
      expectJobs();
      return WAIT_AFTER_CLAIM;
    }
    double jitter = 0.5 + ThreadLocalRandom.current().nextDouble() / 2;
    Duration wait = Duration.ofMillis((long) (nextWait.toMillis() * jitter));
    Duration doubled = nextWait.multipliedBy(2);
    nextWait = doubled.compareTo(MAX_WAIT) > 0 ? MAX_WAIT : doubled;
    return wait;
  }

  /** Notes that there are jobs again: the next poll that finds none is repeated soon. */
  void expectJobs() {
    nextWait = MIN_WAIT;
  }

  /** Claims stored jobs of these queues; returns how many places are kept. */
  int claimFrom(List<Servable> queues) throws InterruptedException {
    int reserved = slots.reserve(IndexClaims.MAX_CLAIM);
    if (reserved == 0) {
      return 0;
    }
    int kept = 0;
    try {
      for (Map.Entry<String, List<JobId>> queue : choose(queues, reserved).entrySet()) {
        if (!gate.mayClaim()) {
          break;
        }
        kept += claiming.claim(queue.getKey(), queue.getValue()).kept();
      }
      return kept;
    } finally {
      slots.release(reserved - kept);
    }
  }

  /** Up to {@code count} waiting jobs, by queue. */
  private Map<String, List<JobId>> choose(List<Servable> queues, int count) {
    List<String> names = queues.stream().map(Servable::queue).toList();
    List<ReadyJob> found = new ArrayList<>(store.queued(names, READ_PER_SLOT * count));
    // All workers read the same jobs. A random choice keeps them from racing for the same ones.
    Collections.shuffle(found, ThreadLocalRandom.current());
    Map<String, List<JobId>> chosen = new LinkedHashMap<>();
    for (ReadyJob job : found.subList(0, Math.min(count, found.size()))) {
      chosen.computeIfAbsent(job.queue(), _ -> new ArrayList<>()).add(job.id());
    }
    return chosen;
  }
}
