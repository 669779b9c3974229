package io.mrq.engine.worker;

import java.time.Duration;

/**
 * How often a worker does what it repeats: the defaults, and the bounds of the periods that an
 * operator may change. Others judge a worker by its beats and reports, so those are fixed.
 */
public enum WorkerPeriod {
  /** Proves that the worker is alive. */
  BEAT(Duration.ofSeconds(1)),

  /** Reports what the worker does. */
  REPORT(Duration.ofSeconds(5)),

  /** Compares the runs of the worker with those in the store, and stops runs that are not there. */
  AUDIT(Duration.ofSeconds(5), Duration.ofSeconds(1), Duration.ofMinutes(1)),

  /** Reads which queues are paused. */
  PAUSES(Duration.ofSeconds(2), Duration.ofMillis(500), Duration.ofMinutes(1)),

  /** Stores the progress of running jobs. */
  PROGRESS(Duration.ofSeconds(1), Duration.ofMillis(100), Duration.ofMinutes(1)),

  /** Reports the stacks of running jobs when there are many of them. */
  STACKS(Duration.ofSeconds(30), Duration.ofSeconds(5), Duration.ofHours(1));

  private final Duration usual;
  private final Duration least;
  private final Duration most;

  WorkerPeriod(Duration fixed) {
    this(fixed, fixed, fixed);
  }

  WorkerPeriod(Duration usual, Duration least, Duration most) {
    this.usual = usual;
    this.least = least;
    this.most = most;
  }

  /** The default. */
  public Duration usual() {
    return usual;
  }

  /** The shortest period that an operator may choose. */
  public Duration least() {
    return least;
  }

  /** The longest period that an operator may choose. */
  public Duration most() {
    return most;
  }

  /** Whether an operator may choose this period. */
  public boolean allows(Duration period) {
    return period.compareTo(least) >= 0 && period.compareTo(most) <= 0;
  }
}
