package io.mrq.engine.loop;

import java.time.Duration;

/**
 * How long to wait before something that failed is tried again: 0.1 s at first, twice as long each
 * time, up to a limit.
 */
public final class ExponentialBackOff {
  private static final Duration FIRST = Duration.ofMillis(100);
  private static final Duration LONGEST = Duration.ofSeconds(5);

  private final Duration longest;
  private Duration next;

  /** At most 5 s. */
  public ExponentialBackOff() {
    this(LONGEST);
  }

  /** At most {@code longest}, which may be shorter than the usual first wait. */
  public ExponentialBackOff(Duration longest) {
    this.longest = longest;
    this.next = first();
  }

  /** The next wait. */
  public Duration next() {
    Duration wait = next;
    next = shorter(wait.multipliedBy(2));
    return wait;
  }

  /** Whether nothing has failed since the last reset. */
  public boolean isFresh() {
    return next.equals(first());
  }

  /** Begins anew after a success. */
  public void reset() {
    next = first();
  }

  private Duration first() {
    return shorter(FIRST);
  }

  private Duration shorter(Duration wait) {
    return wait.compareTo(longest) > 0 ? longest : wait;
  }
}
