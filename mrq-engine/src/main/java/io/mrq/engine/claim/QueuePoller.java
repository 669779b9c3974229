package io.mrq.engine.claim;

import io.mrq.dispatch.DispatchIndex;
import io.mrq.dispatch.DispatchRefusedException;
import io.mrq.dispatch.DispatchUnavailableException;
import io.mrq.dispatch.JobDispatcher;
import io.mrq.engine.lease.WorkerHeartbeat;
import io.mrq.engine.lease.WorkerLease;
import io.mrq.engine.run.WorkerSlots;
import io.mrq.job.JobId;
import io.mrq.job.ReadyJob;
import io.mrq.job.WorkerId;
import io.mrq.store.JobStore;
import io.mrq.store.StoreUnavailableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * Finds work: reserves slots, takes ids, claims them; waits to be woken when there are none. While
 * the dispatch index is away it polls the store.
 *
 * <p>However often it is woken for some of its queues, it looks into all of them when its last look
 * is 5 s old. So a lost wake-up costs at most that, on each queue.
 */
public final class QueuePoller {
  private static final Duration LOOK_AGAIN = Duration.ofSeconds(5);
  private static final Duration CLOSED = Duration.ofMillis(500);
  private static final Duration FULL = Duration.ofMillis(5);
  private static final Duration UNPROVEN = Duration.ofMillis(100);
  private static final Duration FIRST_POLL = Duration.ofSeconds(1);
  private static final int MAX_CLAIM = 500;

  private final List<String> queues;
  private final DispatchIndex index;
  private final JobDispatcher offers;
  private final JobStore store;
  private final WorkerSlots slots;
  private final PausedQueues pauses;
  private final WorkerLease lease;
  private final WorkerHeartbeat heartbeat;
  private final BooleanSupplier tooManyUnstored;
  private final Claiming claiming;
  private final LongSupplier nanos;
  private final IdleNotes notes;
  private volatile boolean stopping;
  private Duration pollWait = FIRST_POLL;

  /** Claims ids for which slots are reserved. */
  @FunctionalInterface
  public interface Claiming {
    /** Claims, and starts what was won. */
    Claimed claim(String queue, List<JobId> ids) throws InterruptedException;
  }

  /**
   * Makes a poller.
   *
   * @param tooManyUnstored whether nothing may be claimed until outcomes are stored
   */
  public QueuePoller(
      List<String> queues,
      DispatchIndex index,
      JobDispatcher offers,
      JobStore store,
      WorkerSlots slots,
      PausedQueues pauses,
      WorkerLease lease,
      WorkerHeartbeat heartbeat,
      BooleanSupplier tooManyUnstored,
      Claiming claiming,
      LongSupplier nanos) {
    this.queues = queues;
    this.index = index;
    this.offers = offers;
    this.store = store;
    this.slots = slots;
    this.pauses = pauses;
    this.lease = lease;
    this.heartbeat = heartbeat;
    this.tooManyUnstored = tooManyUnstored;
    this.claiming = claiming;
    this.nanos = nanos;
    this.notes = new IdleNotes(index, offers);
  }

  /** One step of the poller's loop. */
  public Duration step() throws InterruptedException {
    try {
      return look();
    } catch (StoreUnavailableException e) {
      // It cannot claim: wake-ups are for those who can.
      notes.takeBack();
      throw e;
    }
  }

  /**
   * Before the loop is stopped: claims nothing more, so that no wake-up that comes while the loop
   * ends is lost.
   */
  public void stopping() throws InterruptedException {
    stopping = true;
    notes.takeBack();
  }

  /** After the loop was stopped: the worker is noted nowhere any more. */
  public void stopped() throws InterruptedException {
    notes.leave();
  }

  private Duration look() throws InterruptedException {
    if (isLeaving()) {
      return without(CLOSED);
    }
    slots.awaitFree();
    if (tooManyUnstored.getAsBoolean()) {
      return without(FULL);
    }
    if (!heartbeat.ensureFresh()) {
      return without(UNPROVEN);
    }
    List<String> open = pauses.open(queues);
    if (open.isEmpty()) {
      return without(CLOSED);
    }
    if (!index.isAvailable()) {
      return poll(open);
    }
    try {
      serve(open);
      return Duration.ZERO;
    } catch (DispatchUnavailableException e) {
      return poll(open);
    }
  }

  /** Asked before each take: a claim may last long, and a lease be lost meanwhile. */
  private boolean mayTake() {
    return !isLeaving() && heartbeat.ensureFresh();
  }

  private boolean isLeaving() {
    return stopping || heartbeat.isDraining();
  }

  private Duration without(Duration wait) throws InterruptedException {
    notes.takeBack();
    return wait;
  }

  private void serve(List<String> open) throws InterruptedException {
    if (claimFromAll(open) > 0) {
      pollWait = FIRST_POLL;
      takeBackWhenFull();
      return;
    }
    WorkerId worker = lease.id();
    long noted = nanos.getAsLong();
    notes.note(worker, open);
    // An offer that came between the last look and the note of idleness woke nobody: look once
    // more.
    if (claimFromAll(open) > 0) {
      takeBackWhenFull();
      return;
    }
    serveWoken(worker, open, noted + LOOK_AGAIN.toNanos());
  }

  /** Blocks until woken, and serves the queues that wake-ups name, until all are due for a look. */
  private void serveWoken(WorkerId worker, List<String> open, long deadline)
      throws InterruptedException {
    while (!isLeaving() && worker.equals(lease.id()) && open.equals(pauses.open(queues))) {
      Duration left = Duration.ofNanos(deadline - nanos.getAsLong());
      if (!left.isPositive()) {
        return;
      }
      Duration read = pauses.untilNextRead();
      Optional<String> woken = index.await(worker, left.compareTo(read) < 0 ? left : read);
      if (woken.isPresent() && !serve(worker, open, woken.get())) {
        return;
      }
    }
  }

  /** Serves one queue; false: it is time to look at all of them. */
  private boolean serve(WorkerId worker, List<String> open, String queue)
      throws InterruptedException {
    if (!mayClaim(worker, open, queue)) {
      return false;
    }
    claimFrom(queue);
    if (takeBackWhenFull()) {
      return false;
    }
    notes.noteAgain(worker, queue);
    if (claimFrom(queue) == 0) {
      return true;
    }
    takeBackWhenFull();
    return false;
  }

  /** Whether this worker takes a job that it was woken for; another is woken when not. */
  private boolean mayClaim(WorkerId worker, List<String> open, String queue) {
    boolean may = false;
    try {
      may = worker.equals(lease.id()) && open.contains(queue) && mayTake();
      return may;
    } finally {
      if (!may) {
        offers.passOn(queue);
      }
    }
  }

  private boolean takeBackWhenFull() throws InterruptedException {
    boolean full = slots.free() == 0;
    if (full) {
      notes.takeBack();
    }
    return full;
  }

  private int claimFromAll(List<String> open) throws InterruptedException {
    int started = 0;
    List<String> refused = new ArrayList<>();
    DispatchRefusedException refusal = null;
    for (String queue : open) {
      try {
        started += claimFrom(queue);
      } catch (DispatchRefusedException e) {
        refused.add(queue);
        refusal = e;
      }
    }
    if (refusal == null) {
      return started;
    }
    if (started == 0) {
      throw refusal;
    }
    // The other queues are busy, so the worker would not come to poll the store for these.
    return started + claimStored(refused);
  }

  private int claimFrom(String queue) throws InterruptedException {
    int reserved = slots.reserve(MAX_CLAIM);
    if (reserved == 0) {
      return 0;
    }
    Claimed claimed = Claimed.NOTHING;
    try {
      // Ids of jobs that are gone win nothing: the next ones are taken at once.
      while (claimed.wonNothing() && mayTake()) {
        List<JobId> ids = index.take(queue, reserved);
        if (ids.isEmpty()) {
          break;
        }
        claimed = claiming.claim(queue, ids);
      }
      return claimed.started();
    } finally {
      slots.release(reserved - claimed.started());
    }
  }

  private Duration poll(List<String> open) throws InterruptedException {
    return nextPoll(claimStored(open) > 0);
  }

  private int claimStored(List<String> open) throws InterruptedException {
    int reserved = slots.reserve(MAX_CLAIM);
    if (reserved == 0) {
      return 0;
    }
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
        if (!mayTake()) {
          break;
        }
        started += claiming.claim(queue.getKey(), queue.getValue()).started();
      }
      return started;
    } finally {
      slots.release(reserved - started);
    }
  }

  private Duration nextPoll(boolean found) {
    if (found) {
      pollWait = FIRST_POLL;
      return Duration.ofMillis(50);
    }
    double jitter = 0.5 + ThreadLocalRandom.current().nextDouble() / 2;
    Duration wait = Duration.ofMillis((long) (pollWait.toMillis() * jitter));
    Duration doubled = pollWait.multipliedBy(2);
    pollWait = doubled.compareTo(LOOK_AGAIN) > 0 ? LOOK_AGAIN : doubled;
    return wait;
  }
}
