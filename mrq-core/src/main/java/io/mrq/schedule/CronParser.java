package io.mrq.schedule;

/** Understands cron expressions. */
@FunctionalInterface
public interface CronParser {
  /**
   * Returns the times that an expression means.
   *
   * @throws IllegalArgumentException saying what is wrong with the expression
   */
  CronTimes parse(String expression);

  /** The times of a cron expression. */
  interface CronTimes extends LocalTimes {
    /**
     * Whether the expression leaves the hour open. Such a schedule goes by the hours that pass, so
     * it has slots in both hours when the clock is put back, and none in an hour that the clock
     * leaves out.
     */
    boolean isHourly();
  }
}
