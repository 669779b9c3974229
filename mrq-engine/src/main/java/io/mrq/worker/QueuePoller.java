package io.mrq.worker;

import io.mrq.dispatch.DispatchIndex;
import io.mrq.dispatch.DispatchUnavailableException;
import io.mrq.dispatch.JobOffers;
import io.mrq.job.JobId;
import io.mrq.job.ReadyJob;
import io.mrq.job.WorkerId;
import io.mrq.store.JobStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Finds work: reserves slots, takes ids, claims them; waits to be woken when there are none
 * (protocol §5, §8). While the dispatch index is away it polls the store.
 */
final class QueuePoller {
  private static final Duration AWAIT = Duration.ofSeconds(5);
  private static final Duration DRAINING = Duration.ofMillis(500);
  private static final Duration FULL = Duration.ofMillis(5);
  private static final Duration UNPROVEN = Duration.ofMillis(100);
  private static final int MOST = 500;

  private final List<String> queues;
  private final DispatchIndex index;
  private final JobOffers offers;
  private final JobStore store;
  private final WorkerSlots slots;
  private final PausedQueues pauses;
  private final WorkerLease lease;
  private final WorkerHeartbeat heartbeat;
  private final JobCompleter completer;
  private final JobClaimer claimer;
  private boolean idle;
  private Duration pollWait = Duration.ofSeconds(1);

  QueuePoller(
      List<String> queues,
      DispatchIndex index,
      JobOffers offers,
      JobStore store,
      WorkerSlots slots,
      PausedQueues pauses,
      WorkerLease lease,
      WorkerHeartbeat heartbeat,
      JobCompleter completer,
      JobClaimer claimer) {
    this.queues = queues;
    this.index = index;
    this.offers = offers;
    this.store = store;
    this.slots = slots;
    this.pauses = pauses;
    this.lease = lease;
    this.heartbeat = heartbeat;
    this.completer = completer;
    this.claimer = claimer;
  }

  /** One step of the poller's loop. */
  Duration step() throws InterruptedException {
    if (heartbeat.isDraining()) {
      return DRAINING;
    }
    slots.awaitFree();
    if (completer.isFull()) {
      return FULL;
    }
    if (!heartbeat.ensureFresh()) {
      return UNPROVEN;
    }
    List<String> open = pauses.open(queues);
    if (open.isEmpty()) {
      return DRAINING;
    }
    if (!index.isAvailable()) {
      return poll(open);
    }
    try {
      return serve(open);
    } catch (DispatchUnavailableException e) {
      idle = false;
      return poll(open);
    }
  }

  private Duration serve(List<String> open) throws InterruptedException {
    if (claimFromAll(open) > 0) {
      pollWait = Duration.ofSeconds(1);
      busyWhenFull();
      return Duration.ZERO;
    }
    WorkerId worker = lease.id();
    index.idle(worker, open);
    idle = true;
    // An offer that came between the last look and the note of idleness woke nobody: look once
    // more.
    if (claimFromAll(open) > 0) {
      busyWhenFull();
      return Duration.ZERO;
    }
    wokenOn(worker);
    return Duration.ZERO;
  }

  /**
   * Blocks until woken, and serves the queue that the wake-up names, as long as that finds work.
   */
  private void wokenOn(WorkerId worker) throws InterruptedException {
    Optional<String> woken = index.await(worker, AWAIT);
    while (woken.isPresent()) {
      String queue = woken.get();
      boolean served = pauses.open(queues).contains(queue) && !heartbeat.isDraining();
      if (!served || !heartbeat.ensureFresh()) {
        offers.passOn(queue);
        return;
      }
      claimFrom(queue);
      if (slots.free() == 0) {
        busyWhenFull();
        return;
      }
      index.idle(worker, List.of(queue));
      if (claimFrom(queue) > 0) {
        return;
      }
      woken = index.await(worker, AWAIT);
    }
  }

  private void busyWhenFull() throws InterruptedException {
    if (!idle || slots.free() > 0) {
      return;
    }
    idle = false;
    WorkerId worker = lease.id();
    index.busy(worker, queues);
    // Wake-ups that are on their way to this full worker belong to others.
    Optional<String> woken;
    while ((woken = index.await(worker, Duration.ofMillis(1))).isPresent()) {
      offers.passOn(woken.get());
    }
  }

  private int claimFromAll(List<String> open) throws InterruptedException {
    int started = 0;
    for (String queue : open) {
      started += claimFrom(queue);
    }
    return started;
  }

  private int claimFrom(String queue) throws InterruptedException {
    int reserved = slots.reserve(MOST);
    if (reserved == 0) {
      return 0;
    }
    int started = 0;
    try {
      while (started == 0) {
        List<JobId> ids = index.take(queue, reserved);
        if (ids.isEmpty()) {
          break;
        }
        // Ids of jobs that are gone win nothing: the next ones are taken at once.
        started = claimer.claim(queue, ids);
      }
      return started;
    } finally {
      slots.release(reserved - started);
    }
  }

  private Duration poll(List<String> open) throws InterruptedException {
    int reserved = slots.reserve(MOST);
    int started = 0;
    try {
      List<ReadyJob> found = new ArrayList<>(store.queued(open, 10 * reserved));
      // Many workers read the same head; a random choice keeps them from racing for the same jobs.
      Collections.shuffle(found, ThreadLocalRandom.current());
      Map<String, List<JobId>> chosen = new LinkedHashMap<>();
      for (ReadyJob job : found.subList(0, Math.min(reserved, found.size()))) {
        chosen.computeIfAbsent(job.queue(), _ -> new ArrayList<>()).add(job.id());
      }
      for (Map.Entry<String, List<JobId>> queue : chosen.entrySet()) {
        started += claimer.claim(queue.getKey(), queue.getValue());
      }
    } finally {
      slots.release(reserved - started);
    }
    return nextPoll(started > 0);
  }

  private Duration nextPoll(boolean found) {
    if (found) {
      pollWait = Duration.ofSeconds(1);
      return Duration.ofMillis(50);
    }
    double jitter = 0.5 + ThreadLocalRandom.current().nextDouble();
    Duration wait = Duration.ofMillis((long) (pollWait.toMillis() * jitter));
    pollWait = pollWait.multipliedBy(2).compareTo(AWAIT) > 0 ? AWAIT : pollWait.multipliedBy(2);
    return wait;
  }
}
