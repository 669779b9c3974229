package io.mrq.test;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

/** A clock that stands still until a test moves it. Safe for use by many threads. */
public final class MutableClock implements InstantSource {
  /** Where {@link #create()} starts: whole milliseconds, as documents hold them. */
  public static final Instant START = Instant.parse("2026-01-05T12:00:00Z");

  private final AtomicReference<Instant> now;

  private MutableClock(Instant start) {
    this.now = new AtomicReference<>(start);
  }

  /** A clock at {@link #START}. */
  public static MutableClock create() {
    return new MutableClock(START);
  }

  /** A clock at this moment. */
  public static MutableClock at(Instant start) {
    return new MutableClock(start);
  }

  @Override
  public Instant instant() {
    return now.get();
  }

  /** Moves the clock forward, or back when negative; returns the new moment. */
  public Instant advance(Duration by) {
    return now.updateAndGet(moment -> moment.plus(by));
  }
}
