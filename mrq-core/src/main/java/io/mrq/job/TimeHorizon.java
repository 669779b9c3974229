package io.mrq.job;

import java.time.Duration;

/**
 * How far ahead MRQ plans. A longer time means "for ever", and is shortened to this: every date
 * that comes of it is one that all clients of the stores can read.
 */
public final class TimeHorizon {
  /** A century. */
  public static final Duration LONGEST = Duration.ofDays(36_500);

  private TimeHorizon() {}

  /** The time, or {@link #LONGEST} when it is longer. */
  public static Duration within(Duration time) {
    return time.compareTo(LONGEST) > 0 ? LONGEST : time;
  }
}
