package io.mrq.engine.lease;

import io.mrq.job.WorkerId;
import java.time.Duration;
import java.util.function.LongSupplier;

/** Under which id the worker works now, and when the store last said that it lives. */
public final class WorkerLease {
  /** An acknowledged beat older than this is renewed before anything is claimed. */
  private static final Duration FRESH = Duration.ofSeconds(3);

  private final LongSupplier nanos;
  private volatile WorkerId id = WorkerId.next();
  private volatile boolean acknowledged;
  private volatile long acknowledgedNanos;

  public WorkerLease(LongSupplier nanos) {
    this.nanos = nanos;
  }

  public WorkerId id() {
    return id;
  }

  public boolean isFresh() {
    return acknowledged && nanos.getAsLong() - acknowledgedNanos < FRESH.toNanos();
  }

  /** Notes a beat that was sent at {@code sentNanos} and answered. */
  void acknowledge(long sentNanos) {
    acknowledgedNanos = sentNanos;
    acknowledged = true;
  }

  /** Takes a new id after the old lease was lost. */
  void renew() {
    acknowledged = false;
    id = WorkerId.next();
  }
}
