package io.mrq.job;

import java.time.Instant;

/**
 * The one number that both stores sort a queue by: {@code datequeued} in milliseconds, less 2^42
 * for each step of priority (protocol §2). It stays below 2^53, so a double holds it exactly.
 */
public final class JobOrder {
  /** The lowest and, negated, the highest priority. */
  public static final int MAX_PRIORITY = 1000;

  private static final long STEP = 1L << 42;

  private JobOrder() {}

  /**
   * The order of a job.
   *
   * @param date when it was queued, or for a delayed job when it becomes due
   * @param priority −1000 … 1000, higher runs first
   */
  public static long of(Instant date, int priority) {
    return date.toEpochMilli() - priority * STEP;
  }
}
