package io.mrq.redis;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says which commands Redis refuses: at once when it begins, then at most once a minute a code. */
final class RefusalLog {
  private static final Logger log = LoggerFactory.getLogger(RefusalLog.class);
  private static final long PERIOD_NANOS = Duration.ofMinutes(1).toNanos();

  private final LongSupplier clock;
  private final Map<String, Count> counts = new ConcurrentHashMap<>();

  /** How often a code came since it was last written, and when that was. */
  private record Count(long sinceWritten, long writtenAt) {}

  /**
   * Nothing was refused yet.
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
                "Redis answers, but refuses: {}; no job is lost, workers find what is not offered in MongoDB",
                reply.text());
            return new Count(0, now);
          }
          long times = before.sinceWritten + 1;
          if (now - before.writtenAt < PERIOD_NANOS) {
            return new Count(times, before.writtenAt);
          }
          log.warn("Redis refused {} more commands: {}", times, reply.text());
          return new Count(0, now);
        });
  }
}
