package io.mrq.job;

import java.time.Duration;

/**
 * How far ahead MRQ plans. A longer time means "for ever" and is shortened to this, so that every
 * date that follows from it can be read by all clients of the stores.
 */
public final class TimeHorizon {
  /** A century. */
  public static final Duration LONGEST = Duration.ofDays(36_500);

  private TimeHorizon() {}

  /** Returns this time, or {@link #LONGEST} when it is longer. */
  public static Duration within(Duration time) {
    return time.compareTo(LONGEST) > 0 ? LONGEST : time;
  }
}
