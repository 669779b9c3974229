package io.mrq.redis;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs the errors of Redis: the first of each code at once, then at most one line a minute. */
final class RefusalLog {
  private static final Logger log = LoggerFactory.getLogger(RefusalLog.class);
  private static final long MIN_INTERVAL_NANOS = Duration.ofMinutes(1).toNanos();

  private final LongSupplier clock;
  private final Map<String, Count> counts = new ConcurrentHashMap<>();

  /** How often a code came since its last line, and when that line was written. */
  private record Count(long sinceLine, long lineAt) {}

  /**
   * Creates a log without any refusal.
   *
   * @param clock monotonic, in nanoseconds
   */
  RefusalLog(LongSupplier clock) {
    this.clock = clock;
  }

  void refused(ErrorReply reply) {
    long now = clock.getAsLong();
    counts.compute(
        reply.code(),
        (_, before) -> {
          if (before == null) {
            log.warn(
                "Redis refused a command: {}. No job is lost, because workers find jobs in MongoDB. Check the memory limit of Redis and the permissions of its user",
                reply.text());
            return new Count(0, now);
          }
          long times = before.sinceLine + 1;
          if (now - before.lineAt < MIN_INTERVAL_NANOS) {
            return new Count(times, before.lineAt);
          }
          log.warn("Redis refused {} more commands: {}", times, reply.text());
          return new Count(0, now);
        });
  }
}
