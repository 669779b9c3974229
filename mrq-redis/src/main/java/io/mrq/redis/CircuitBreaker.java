package io.mrq.redis;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps callers from waiting for a Redis that is away. After some failures in a row it refuses all
 * calls for a while. Then it lets one call through, whose result decides for the others.
 *
 * <p>It needs one counter and one time, so it is written here: a library such as Resilience4j would
 * become a dependency of every user.
 */
final class CircuitBreaker {
  private static final Logger log = LoggerFactory.getLogger(CircuitBreaker.class);

  private final int failuresToOpen;
  private final long openNanos;
  private final LongSupplier clock;
  private final AtomicInteger failures = new AtomicInteger();
  private final AtomicLong nextTrialAt = new AtomicLong();
  private volatile long openedAt;

  /**
   * Creates a closed circuit.
   *
   * @param clock monotonic, in nanoseconds
   */
  CircuitBreaker(int failuresToOpen, Duration openFor, LongSupplier clock) {
    this.failuresToOpen = failuresToOpen;
    this.openNanos = openFor.toNanos();
    this.clock = clock;
  }

  boolean isClosed() {
    return failures.get() < failuresToOpen;
  }

  /**
   * Whether the caller may call Redis now. If so, it reports the result with {@link #succeeded} or
   * {@link #failed}.
   */
  boolean tryEnter() {
    if (isClosed()) {
      return true;
    }
    long due = nextTrialAt.get();
    long now = clock.getAsLong();
    // One caller wins. If it never reports a result, another one may try a period later.
    return now - due >= 0 && nextTrialAt.compareAndSet(due, now + openNanos);
  }

  /** Notes that Redis answered. */
  void succeeded() {
    if (failures.get() > 0 && failures.getAndSet(0) >= failuresToOpen) {
      long seconds = Duration.ofNanos(clock.getAsLong() - openedAt).toSeconds();
      log.info("Redis answers again, after {} s", seconds);
    }
  }

  /**
   * Notes that Redis did not answer, or that it answered that it cannot serve anyone now.
   *
   * @param reason for the log
   * @return whether the circuit is open now
   */
  boolean failed(String reason) {
    long now = clock.getAsLong();
    nextTrialAt.set(now + openNanos);
    int inARow = failures.updateAndGet(n -> Math.min(n, failuresToOpen) + 1);
    if (inARow == failuresToOpen) {
      openedAt = now;
      log.warn(
          "Redis is away; jobs are still accepted, and workers poll MongoDB until it is back: {}",
          reason);
    }
    return inARow >= failuresToOpen;
  }
}
