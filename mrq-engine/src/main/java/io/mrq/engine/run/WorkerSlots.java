package io.mrq.engine.run;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The slots of a worker: each body that runs has one. Places are reserved before jobs are claimed:
 * one for each slot, and a few more for jobs that are {@linkplain HoldAhead held} until a slot is
 * free. So a worker never claims a job that would wait long.
 *
 * <p>Every method may be called by any thread, but one thread at most may {@linkplain #awaitRoom
 * wait}.
 */
public final class WorkerSlots {
  private final int size;
  private final HoldAhead ahead;

  /** Places of claims on their way, of jobs that are held, and of bodies that run. */
  private final AtomicInteger taken = new AtomicInteger();

  private final AtomicInteger running = new AtomicInteger();
  private volatile Runnable onFreeSlot = () -> {};
  private volatile @Nullable Thread waiting;
  private volatile boolean waitsToRefill;

  /** Slots of a worker that holds no jobs. */
  public WorkerSlots(int size) {
    this(size, HoldAhead.off());
  }

  /** Slots of a worker that may claim a few jobs more than it has slots. */
  public WorkerSlots(int size, HoldAhead ahead) {
    this.size = size;
    this.ahead = ahead;
  }

  /** Calls this whenever a body has ended and its slot is free. */
  public void onFreeSlot(Runnable action) {
    onFreeSlot = action;
  }

  public int size() {
    return size;
  }

  /** How many slots are neither busy nor reserved. */
  public int free() {
    return Math.max(0, size - taken.get());
  }

  /** How many places can be reserved: the free slots, and what may be held beyond them. */
  public int room() {
    return Math.max(0, size + ahead.limit() - taken.get());
  }

  /** Whether more places are taken than there are slots. */
  public boolean areOverbooked() {
    return taken.get() > size;
  }

  /** Reserves up to {@code most} places; returns how many, 0 if there is no room. */
  public int reserve(int most) {
    int limit = size + ahead.limit();
    while (true) {
      int before = taken.get();
      int reserved = Math.min(most, limit - before);
      if (reserved <= 0) {
        return 0;
      }
      if (taken.compareAndSet(before, before + reserved)) {
        return reserved;
      }
    }
  }

  /** Frees places in which no body was started. */
  public void release(int count) {
    if (count > 0) {
      taken.updateAndGet(now -> Math.max(0, now - count));
      wakeUp();
    }
  }

  /** Takes a slot for the body of a job that has a place; false if all slots are busy. */
  public boolean enter() {
    while (true) {
      int before = running.get();
      if (before >= size) {
        return false;
      }
      if (running.compareAndSet(before, before + 1)) {
        return true;
      }
    }
  }

  /** Gives a slot back in which no body was started; the place stays reserved. */
  public void leaveUnused() {
    running.updateAndGet(now -> Math.max(0, now - 1));
  }

  /** Frees a slot and its place. */
  public void leave() {
    leaveUnused();
    release(1);
  }

  /**
   * Frees the slot of a body that has ended, and lets the next job begin.
   *
   * @param nanos how long the body ran
   */
  void bodyEnded(long nanos) {
    ahead.ran(nanos);
    leave();
    onFreeSlot.run();
  }

  /**
   * Waits until a slot is free, or until it is worth while to claim jobs that are held.
   *
   * @param mayHold whether to wait for such jobs, too
   * @param limit the longest wait
   * @return whether there is room
   */
  public boolean awaitRoom(boolean mayHold, Duration limit) throws InterruptedException {
    if (hasRoom(mayHold)) {
      return true;
    }
    long end = System.nanoTime() + limit.toNanos();
    waitsToRefill = mayHold;
    waiting = Thread.currentThread();
    try {
      while (!hasRoom(mayHold)) {
        long left = end - System.nanoTime();
        if (left <= 0) {
          return false;
        }
        if (Thread.interrupted()) {
          throw new InterruptedException();
        }
        LockSupport.parkNanos(this, left);
      }
      return true;
    } finally {
      waiting = null;
    }
  }

  /** With half of the held jobs left there is time for the next claim, and it is a large one. */
  private boolean hasRoom(boolean mayHold) {
    int now = taken.get();
    if (now < size) {
      return true;
    }
    int limit = mayHold ? ahead.limit() : 0;
    return limit > 0 && size + limit - now >= (limit + 1) / 2;
  }

  private void wakeUp() {
    Thread waiter = waiting;
    if (waiter != null && hasRoom(waitsToRefill)) {
      LockSupport.unpark(waiter);
    }
  }
}
