package io.mrq.loop;

import java.time.Duration;

/**
 * How long to wait before something that failed is tried again: 0.1 s at first, twice as long each
 * time, at most 5 s.
 */
public final class GrowingWait {
  private static final Duration FIRST = Duration.ofMillis(100);
  private static final Duration LONGEST = Duration.ofSeconds(5);

  private Duration next = FIRST;

  /** The next wait. */
  public Duration next() {
    Duration wait = next;
    Duration doubled = wait.multipliedBy(2);
    next = doubled.compareTo(LONGEST) > 0 ? LONGEST : doubled;
    return wait;
  }

  /** Whether nothing has failed since the last reset. */
  public boolean isFresh() {
    return next.equals(FIRST);
  }

  /** Begins anew after a success. */
  public void reset() {
    next = FIRST;
  }
}
