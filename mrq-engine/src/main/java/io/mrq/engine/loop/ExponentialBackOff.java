package io.mrq.engine.loop;

import java.time.Duration;

/**
 * How long to wait before something that failed is tried again: 0.1 s at first, then twice as long
 * each time, up to a limit.
 */
public final class ExponentialBackOff {
  private static final Duration FIRST = Duration.ofMillis(100);
  private static final Duration LONGEST = Duration.ofSeconds(5);

  private final Duration longest;
  private Duration next;
  private boolean failing;

  /** A back-off of at most 5 s. */
  public ExponentialBackOff() {
    this(LONGEST);
  }

  /** A back-off of at most {@code longest}, which may be shorter than the usual first wait. */
  public ExponentialBackOff(Duration longest) {
    this.longest = longest;
    this.next = first();
  }

  /** How long to wait after one more failure. */
  public Duration next() {
    failing = true;
    Duration wait = next;
    next = shorter(wait.multipliedBy(2));
    return wait;
  }

  /** Whether anything has failed since the last success. */
  public boolean isFailing() {
    return failing;
  }

  /** Notes a success: the next failure waits for the shortest time again. */
  public void reset() {
    failing = false;
    next = first();
  }

  private Duration first() {
    return shorter(FIRST);
  }

  private Duration shorter(Duration wait) {
    return wait.compareTo(longest) > 0 ? longest : wait;
  }
}
