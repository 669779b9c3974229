package io.mrq.engine.claim;

import io.mrq.dispatch.JobDispatcher;
import io.mrq.engine.heartbeat.WorkerLease;
import io.mrq.engine.home.RunHome;
import io.mrq.engine.run.HoldAhead;
import io.mrq.engine.run.WorkerSlots;
import io.mrq.job.Claim;
import io.mrq.job.Job;
import io.mrq.job.Run;
import io.mrq.job.WorkerId;
import io.mrq.store.StoreUnavailableException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts claimed jobs, each as soon as a slot is free. Until then they are held, in the order of
 * their queues and then in their own. For all others a held job is started, so it is given back as
 * soon as it is foreseeable that it would wait: 250 ms after its claim has begun.
 *
 * <p>A job whose giving back may have been carried out is never started here: the worker repeats
 * the write until the store has answered.
 */
public final class HeldJobs {
  /** A body that hangs must not keep from others what is held behind it. */
  private static final long MAX_HELD_NANOS = Duration.ofMillis(250).toNanos();

  /** How soon the poller looks again at a giving back that is in doubt. */
  private static final Duration RETRY = Duration.ofMillis(100);

  /** How soon the poller looks for jobs that were claimed before, and are loaded meanwhile. */
  private static final Duration LOOK_FOR_LOADED = Duration.ofMillis(100);

  private static final Duration NOTHING_IS_DUE = Duration.ofHours(1);
  private static final Logger log = LoggerFactory.getLogger(HeldJobs.class);

  private final Start start;
  private final WorkerSlots slots;
  private final HoldAhead ahead;
  private final WorkerLease lease;
  private final JobDispatcher dispatcher;
  private final InstantSource clock;
  private final LongSupplier nanos;
  private final ReentrantLock lock = new ReentrantLock();
  private final PriorityQueue<HeldJob> waiting = new PriorityQueue<>();

  /** One giving back at a time: the next one also repeats those that are in doubt. */
  private final ReentrantLock givingBack = new ReentrantLock();

  private final List<HeldJob> inDoubt = new ArrayList<>();
  private volatile boolean closed;

  /** Whether it was logged that the store refuses what is in doubt. */
  private boolean refusalIsLogged;

  /** Read without the lock by every run that ends. */
  private volatile int size;

  /** Starts a job in a slot that was taken for it. */
  @FunctionalInterface
  public interface Start {
    /** If this throws, the slot is still taken, and nobody here knows the run. */
    void start(Job job, Claim claim, RunHome home);
  }

  public HeldJobs(
      Start start,
      WorkerSlots slots,
      HoldAhead ahead,
      WorkerLease lease,
      JobDispatcher dispatcher,
      InstantSource clock,
      LongSupplier nanos) {
    this.start = start;
    this.slots = slots;
    this.ahead = ahead;
    this.lease = lease;
    this.dispatcher = dispatcher;
    this.clock = clock;
    this.nanos = nanos;
    slots.onFreeSlot(this::startNext);
  }

  /** The time by which it is known how long a job is held. */
  long now() {
    return nanos.getAsLong();
  }

  /** How many jobs are held. */
  public int size() {
    return size;
  }

  /**
   * Starts the jobs of a claim for which slots are free, and holds the others. Each has a place
   * that was reserved for it.
   */
  void take(ClaimBatch batch, List<Job> jobs) {
    boolean mustWait = false;
    for (Job job : jobs) {
      HeldJob taken = new HeldJob(job, batch.oneMore());
      if (size == 0 && !closed && slots.enter()) {
        start(taken);
      } else {
        mustWait |= !taken.mayBeHeld();
        hold(taken);
      }
    }
    startNext();
    if (closed) {
      giveBackAll();
    } else if (mustWait) {
      ahead.rest();
      giveBack(job -> !job.mayBeHeld());
    }
  }

  private void hold(HeldJob job) {
    lock.lock();
    try {
      waiting.add(job);
      size = waiting.size();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Starts held jobs while slots are free and the lease is proven: a worker that wakes from a long
   * pause must not start what was rescued meanwhile. Nothing starts when this is closed.
   */
  void startNext() {
    while (!closed && size > 0 && lease.isFresh() && slots.enter()) {
      HeldJob next = first();
      if (next == null) {
        slots.leaveUnused();
      } else if (next.worker().equals(lease.id())) {
        start(next);
      } else {
        slots.leaveUnused();
        drop(next);
      }
    }
  }

  private @Nullable HeldJob first() {
    lock.lock();
    try {
      HeldJob next = waiting.poll();
      size = waiting.size();
      return next;
    } finally {
      lock.unlock();
    }
  }

  /** A job that was not started is known to nobody here: the audit returns it. */
  private void start(HeldJob job) {
    try {
      start.start(job.job(), job.batch().claim(), job.batch().home());
    } catch (RuntimeException | Error e) {
      slots.leave();
      log.warn("job {} could not be started and goes back to its queue", job.job().id(), e);
    } finally {
      job.batch().oneLess();
    }
  }

  private void drop(HeldJob job) {
    slots.release(1);
    job.batch().oneLess();
  }

  /** Drops what was claimed under a lease that is lost now: the rescue returns these jobs. */
  public void dropAllOf(WorkerId lost) {
    remove(job -> job.worker().equals(lost)).forEach(this::drop);
  }

  /** Gives back what has waited too long, and repeats what is in doubt. */
  void giveBackOld() {
    long now = nanos.getAsLong();
    if (giveBack(job -> now - job.batch().begunAt() >= MAX_HELD_NANOS) > 0) {
      ahead.rest();
    }
  }

  /** Gives back the jobs of queues that do not pass. */
  void keepOnly(Predicate<String> queues) {
    giveBack(job -> !queues.test(job.batch().queue()));
  }

  /** Gives everything back, and repeats what is in doubt. */
  public void giveBackAll() {
    giveBack(_ -> true);
  }

  /** From now on nothing is held or started: all has to be {@linkplain #returnAll given back}. */
  public void close() {
    closed = true;
  }

  /** One step of a loop that gives everything back, for as long as the store does not answer. */
  public Duration returnAll() {
    giveBackAll();
    return RETRY;
  }

  /** Gives everything back that a loop of {@link #returnAll} has not tried to give back. */
  public void returnRest() {
    if (size > 0) {
      giveBackAll();
    }
  }

  /** How long nothing that is held has to be given back. */
  Duration untilDue() {
    givingBack.lock();
    try {
      if (!inDoubt.isEmpty()) {
        return RETRY;
      }
    } finally {
      givingBack.unlock();
    }
    if (size == 0) {
      // What is claimed beyond the slots will be held as soon as it is loaded.
      return slots.areOverbooked() ? LOOK_FOR_LOADED : NOTHING_IS_DUE;
    }
    long now = nanos.getAsLong();
    long oldest = 0;
    lock.lock();
    try {
      for (HeldJob job : waiting) {
        oldest = Math.max(oldest, now - job.batch().begunAt());
      }
    } finally {
      lock.unlock();
    }
    return Duration.ofNanos(Math.max(0, MAX_HELD_NANOS - oldest));
  }

  private List<HeldJob> remove(Predicate<HeldJob> which) {
    List<HeldJob> removed = new ArrayList<>();
    if (size == 0) {
      return removed;
    }
    lock.lock();
    try {
      waiting.removeIf(job -> which.test(job) && removed.add(job));
      size = waiting.size();
    } finally {
      lock.unlock();
    }
    return removed;
  }

  /** Returns how many jobs begin to be given back. */
  private int giveBack(Predicate<HeldJob> which) {
    givingBack.lock();
    try {
      List<HeldJob> removed = remove(which);
      inDoubt.addAll(removed);
      if (!inDoubt.isEmpty()) {
        sendBack();
      }
      return removed.size();
    } finally {
      givingBack.unlock();
    }
  }

  private void sendBack() {
    Map<RunHome, List<Run>> byHome = new LinkedHashMap<>();
    for (HeldJob job : inDoubt) {
      byHome.computeIfAbsent(job.batch().home(), _ -> new ArrayList<>()).add(job.run());
    }
    try {
      byHome.forEach((home, runs) -> dispatcher.offer(home.giveBack(runs, clock.instant())));
    } catch (StoreUnavailableException e) {
      log.debug(
          "it is not known whether {} jobs were given back, so that is repeated: {}",
          inDoubt.size(),
          e.getMessage());
      return;
    } catch (RuntimeException e) {
      // Thrown on, it would keep the worker from claiming anything.
      if (!refusalIsLogged) {
        refusalIsLogged = true;
        log.warn("{} jobs could not be given back, and that is repeated", inDoubt.size(), e);
      }
      return;
    }
    refusalIsLogged = false;
    inDoubt.forEach(this::drop);
    inDoubt.clear();
  }
}
