package io.mrq.redis;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps everybody from waiting for a Redis that is away : after some failures in a row calls are
 * refused for a while; then one is let through, and its end decides for all.
 *
 * <p>The rule is one counter and one date, asked before every command, so it is written here and
 * not taken from a library such as Resilience4j, whose windows and events would be a new dependency
 * of every user for nothing that is needed.
 */
final class CircuitBreaker {
  private static final Logger log = LoggerFactory.getLogger(CircuitBreaker.class);

  private final int failuresToOpen;
  private final long openNanos;
  private final LongSupplier clock;
  private final AtomicInteger failures = new AtomicInteger();
  private final AtomicLong nextTry = new AtomicLong();
  private volatile long openedAt;

  /**
   * A closed circuit.
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

  /** Whether the caller may try; it then reports how that ended. */
  boolean tryEnter() {
    if (isClosed()) {
      return true;
    }
    long due = nextTry.get();
    long now = clock.getAsLong();
    // Whoever wins tries for all; should it never report, the next may try one period later.
    return now - due >= 0 && nextTry.compareAndSet(due, now + openNanos);
  }

  /** Redis answered. */
  void succeeded() {
    if (failures.get() > 0 && failures.getAndSet(0) >= failuresToOpen) {
      long seconds = Duration.ofNanos(clock.getAsLong() - openedAt).toSeconds();
      log.info("Redis answers again, after {} s", seconds);
    }
  }

  /**
   * Redis did not answer, or cannot serve anybody now.
   *
   * @param reason for the log
   * @return whether the circuit is open now
   */
  boolean failed(String reason) {
    long now = clock.getAsLong();
    nextTry.set(now + openNanos);
    int inARow = failures.updateAndGet(n -> Math.min(n, failuresToOpen) + 1);
    if (inARow == failuresToOpen) {
      openedAt = now;
      log.warn(
          "Redis is away; jobs are still accepted, and workers poll MongoDB meanwhile: {}", reason);
    }
    return inARow >= failuresToOpen;
  }
}
