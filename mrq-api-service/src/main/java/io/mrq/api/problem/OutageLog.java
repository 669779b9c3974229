package io.mrq.api.problem;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs at most once in ten seconds that the store does not answer, however many requests fail. */
final class OutageLog {
  private static final Logger log = LoggerFactory.getLogger(OutageLog.class);
  private static final Duration PERIOD = Duration.ofSeconds(10);

  private final InstantSource clock;
  private final AtomicReference<Instant> next = new AtomicReference<>(Instant.MIN);
  private final AtomicLong refused = new AtomicLong();

  OutageLog(InstantSource clock) {
    this.clock = clock;
  }

  /** Counts one refused request; returns whether a line was logged. */
  boolean note(String reason) {
    refused.incrementAndGet();
    Instant due = next.get();
    Instant now = clock.instant();
    if (now.isBefore(due) || !next.compareAndSet(due, now.plus(PERIOD))) {
      return false;
    }
    log.warn(
        "MongoDB does not answer. {} requests were refused with 503 since the last such line; they are served again when MongoDB answers. {}",
        refused.getAndSet(0),
        reason);
    return true;
  }
}
