package io.mrq.testing;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.TimeUnit;

/**
 * The clock of a test. It stands still until the test moves it.
 *
 * <p>In a test with {@link MrqTest} it is the clock of MRQ, and a bean: a task that needs a {@link
 * Clock} or an {@link java.time.InstantSource} gets this one unless the context has another. It is
 * safe for use by many threads.
 */
public final class TestClock extends Clock {
  /** Where the clock of a test begins unless the test says otherwise: on a Monday morning. */
  public static final String START = "2026-01-05T08:00:00Z";

  private final Instant start;
  private volatile Instant now;

  /**
   * Makes a clock that stands at a moment.
   *
   * @param start where it stands, to the millisecond as documents keep it
   */
  public TestClock(Instant start) {
    this.start = Instant.ofEpochMilli(start.toEpochMilli());
    this.now = this.start;
  }

  /** Makes a clock that stands at {@link #START}. */
  public TestClock() {
    this(Instant.parse(START));
  }

  @Override
  public Instant instant() {
    return now;
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  /** Returns a clock in this zone, which goes with this one. */
  @Override
  public Clock withZone(ZoneId zone) {
    return zone.equals(getZone()) ? this : new Zoned(this, zone);
  }

  /**
   * Moves the clock, and nothing else: jobs that are due do not run. {@link MrqTester#advance} runs
   * them.
   *
   * @param by how far; negative: back
   */
  public void advance(Duration by) {
    set(now.plus(by));
  }

  /** Sets the clock to a moment, as {@link #advance} does. */
  public void set(Instant moment) {
    now = moment;
  }

  void reset() {
    now = start;
  }

  /** Nanoseconds that pass only as the clock is moved. */
  long nanos() {
    return TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano();
  }

  /** The same moments in another zone. */
  private static final class Zoned extends Clock {
    private final TestClock clock;
    private final ZoneId zone;

    Zoned(TestClock clock, ZoneId zone) {
      this.clock = clock;
      this.zone = zone;
    }

    @Override
    public Instant instant() {
      return clock.instant();
    }

    @Override
    public ZoneId getZone() {
      return zone;
    }

    @Override
    public Clock withZone(ZoneId other) {
      return clock.withZone(other);
    }
  }
}
