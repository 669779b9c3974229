package io.mrq.engine.heartbeat;

import io.mrq.job.WorkerId;
import java.time.Duration;
import java.util.function.LongSupplier;

/** The id under which the worker claims now, and when the store last acknowledged it. */
public final class WorkerLease {
  /** When the last acknowledged beat is older than this, the worker beats before it claims. */
  private static final Duration MAX_AGE = Duration.ofSeconds(3);

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
    return acknowledged && nanos.getAsLong() - acknowledgedNanos < MAX_AGE.toNanos();
  }

  /** Notes that a beat which was sent at {@code sentNanos} was acknowledged. */
  void acknowledge(long sentNanos) {
    acknowledgedNanos = sentNanos;
    acknowledged = true;
  }

  /** Takes a new id, after the lease was lost. */
  void renew() {
    acknowledged = false;
    id = WorkerId.next();
  }
}
