package io.mrq.engine.run;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.LongSupplier;

/**
 * How many jobs a worker may hold: claim before a slot is free for them, so that a slot need not
 * wait for the next claim. They are as many as the slots run in 50 ms, by the mean of the last
 * runs; while that mean is not known, none.
 */
public final class HoldAhead {
  /** How long the held jobs keep all slots busy. */
  private static final long HELD_WORK_NANOS = Duration.ofMillis(50).toNanos();

  private static final int MAX_HELD = 500;
  private static final int MAX_HELD_PER_SLOT = 4;

  /** How many of the last runs the mean is made of. */
  private static final int RUNS = 1000;

  /** The mean of fewer runs says too little. */
  private static final int MIN_RUNS = 100;

  /** How long nothing is held after a job had to be given back: the mean was not true of it. */
  private static final long REST_NANOS = Duration.ofSeconds(5).toNanos();

  private final int slots;
  private final LongSupplier nanos;
  private final AtomicLongArray lastRuns = new AtomicLongArray(RUNS);
  private final AtomicLong sum = new AtomicLong();
  private final AtomicInteger runs = new AtomicInteger();
  private volatile boolean rests;
  private volatile long restsUntil;

  /**
   * A limit for a worker.
   *
   * @param slots of the worker; with 0 nothing is ever held
   * @param nanos monotonic clock
   */
  public HoldAhead(int slots, LongSupplier nanos) {
    this.slots = slots;
    this.nanos = nanos;
  }

  /** For a worker that holds no jobs. */
  public static HoldAhead off() {
    return new HoldAhead(0, () -> 0);
  }

  /** How many jobs may be held now. */
  public int limit() {
    int ended = runs.get();
    if (slots == 0 || ended < MIN_RUNS || isResting()) {
      return 0;
    }
    long mean = Math.max(1, sum.get() / Math.min(RUNS, ended));
    long inTime = slots * HELD_WORK_NANOS / mean;
    return (int) Math.min(inTime, mostAtAll());
  }

  /** How many jobs are held at most, however short the runs are. */
  public int mostAtAll() {
    return Math.min(MAX_HELD, MAX_HELD_PER_SLOT * slots);
  }

  /** Holds nothing for a while. */
  public void rest() {
    restsUntil = nanos.getAsLong() + REST_NANOS;
    rests = true;
  }

  private boolean isResting() {
    if (rests && nanos.getAsLong() - restsUntil >= 0) {
      rests = false;
    }
    return rests;
  }

  /** Notes how long a body has run. */
  public void ran(long tookNanos) {
    if (slots == 0) {
      return;
    }
    long took = Math.max(0, tookNanos);
    int run = runs.getAndUpdate(now -> now == Integer.MAX_VALUE ? RUNS : now + 1);
    sum.addAndGet(took - lastRuns.getAndSet(run % RUNS, took));
  }
}
