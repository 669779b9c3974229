package io.mrq.redis;

import io.mrq.dispatch.DispatchUnavailableException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps everybody from waiting for a Redis that is away (protocol §3): after three failures in a row,
 * calls fail at once for a second; then one is let through.
 */
final class CircuitBreaker {
  private static final Logger log = LoggerFactory.getLogger(CircuitBreaker.class);
  private static final int FAILURES = 3;
  private static final long OPEN_NANOS = Duration.ofSeconds(1).toNanos();

  private final LongSupplier nanos;
  private final AtomicInteger failures = new AtomicInteger();
  private volatile long openUntil;

  CircuitBreaker(LongSupplier nanos) {
    this.nanos = nanos;
  }

  boolean isClosed() {
    return failures.get() < FAILURES;
  }

  /** Whether a call would be tried: the circuit is closed, or its pause is over. */
  boolean letsThrough() {
    return isClosed() || nanos.getAsLong() - openUntil >= 0;
  }

  <T extends @Nullable Object> T call(Supplier<T> command) {
    if (!isClosed()) {
      long now = nanos.getAsLong();
      if (now - openUntil < 0) {
        throw new DispatchUnavailableException("Redis is away", null);
      }
      // This call tries; the others fail for one more period.
      openUntil = now + OPEN_NANOS;
    }
    try {
      T answer = command.get();
      if (failures.getAndSet(0) >= FAILURES) {
        log.info("Redis answers again");
      }
      return answer;
    } catch (RuntimeException e) {
      failed(e);
      throw new DispatchUnavailableException("Redis does not answer: " + e.getMessage(), e);
    }
  }

  private void failed(RuntimeException e) {
    openUntil = nanos.getAsLong() + OPEN_NANOS;
    if (failures.incrementAndGet() == FAILURES) {
      log.warn(
          "Redis does not answer; jobs are still accepted, and workers poll MongoDB meanwhile: {}",
          e.getMessage());
    }
  }
}
