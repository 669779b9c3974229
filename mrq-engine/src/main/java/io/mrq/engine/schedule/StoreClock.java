package io.mrq.engine.schedule;

import io.mrq.schedule.ScheduleStore;
import java.time.Duration;
import java.time.Instant;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The time of the store. All schedulers go by it, so that it does not matter what the clocks of
 * their machines say. It is asked for once a minute, and counted on from there.
 */
final class StoreClock {
  private static final Duration TRUSTED_FOR = Duration.ofMinutes(1);

  private final ScheduleStore store;
  private final LongSupplier nanos;
  private @Nullable Instant told;
  private long toldAt;

  /**
   * Uses a store.
   *
   * @param nanos a clock that never jumps, such as {@code System::nanoTime}
   */
  StoreClock(ScheduleStore store, LongSupplier nanos) {
    this.store = store;
    this.nanos = nanos;
  }

  Instant now() {
    Instant known = told;
    if (known == null || nanos.getAsLong() - toldAt >= TRUSTED_FOR.toNanos()) {
      known = store.now();
      told = known;
      // As of the answer, which is later than what it tells: this clock is never ahead.
      toldAt = nanos.getAsLong();
    }
    return Instant.ofEpochMilli(known.plusNanos(nanos.getAsLong() - toldAt).toEpochMilli());
  }
}
