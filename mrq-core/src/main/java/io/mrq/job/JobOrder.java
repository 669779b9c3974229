package io.mrq.job;

import java.time.Instant;

/**
 * The number by which both stores sort a queue: {@code datequeued} in milliseconds, less 2^42 for
 * each step of priority. It stays below 2^53, so a double holds it exactly.
 */
public final class JobOrder {
  /** The highest priority; negated, the lowest. */
  public static final int MAX_PRIORITY = 1000;

  /** By how much the orders of two jobs of one date differ when their priorities differ by one. */
  public static final long STEP = 1L << 42;

  /** The end of the year 9999. */
  private static final long LAST_SECOND = 253_402_300_799L;

  private JobOrder() {}

  /**
   * Returns the order of a job.
   *
   * @param date when the job was queued or, for a delayed job, when it is due; a date beyond the
   *     year 9999 counts as its end
   * @param priority −1000 … 1000, higher ones run first; a value outside counts as the nearest
   */
  public static long of(Instant date, int priority) {
    long seconds = Math.clamp(date.getEpochSecond(), -LAST_SECOND, LAST_SECOND);
    long millis = seconds * 1000 + date.getNano() / 1_000_000;
    return millis - Math.clamp(priority, -MAX_PRIORITY, MAX_PRIORITY) * STEP;
  }

  /**
   * Returns since when a job of this order has been ready, at any priority: the date of which the
   * order was made. It holds for dates from 1970 to 2109.
   */
  public static Instant readySince(long order) {
    return Instant.ofEpochMilli(Math.floorMod(order, STEP));
  }

  /** Returns the least order at the next lower priority, for dates from 1970 to 2109. */
  public static long nextPriority(long order) {
    return (Math.floorDiv(order, STEP) + 1) * STEP;
  }
}
