package io.mrq.api.problem;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says that the store is away once in ten seconds, however many callers find it out. */
final class OutageLog {
  private static final Logger log = LoggerFactory.getLogger(OutageLog.class);
  private static final Duration PERIOD = Duration.ofSeconds(10);

  private final InstantSource clock;
  private final AtomicReference<Instant> next = new AtomicReference<>(Instant.MIN);
  private final AtomicLong refused = new AtomicLong();

  OutageLog(InstantSource clock) {
    this.clock = clock;
  }

  /** Notes one refused request; answers whether it was worth a line. */
  boolean note(String reason) {
    refused.incrementAndGet();
    Instant due = next.get();
    Instant now = clock.instant();
    if (now.isBefore(due) || !next.compareAndSet(due, now.plus(PERIOD))) {
      return false;
    }
    log.warn(
        "The job store does not answer; requests refused with 503 since the last such line: {}. {}",
        refused.getAndSet(0),
        reason);
    return true;
  }
}
