package io.mrq.schedule;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalTime;

/** When a schedule has slots. All but {@link Every} follow the clock of a time zone. */
public sealed interface Recurrence {
  /**
   * Every so often, counted from the moment at which the schedule was made or got this period, or
   * from its start.
   *
   * @param period a second at least
   */
  record Every(Duration period) implements Recurrence {}

  /** Each day at this time. */
  record DailyAt(LocalTime at) implements Recurrence {}

  /** Each week on this day, at this time. */
  record WeeklyAt(DayOfWeek day, LocalTime at) implements Recurrence {}

  /**
   * Each month on this day, at this time. A month that does not have the day has no slot.
   *
   * @param day 1 … 31
   */
  record MonthlyAt(int day, LocalTime at) implements Recurrence {}

  /**
   * When a cron expression says so.
   *
   * @param expression five fields, or six that begin with the seconds, or {@code @daily} and the
   *     like
   */
  record Cron(String expression) implements Recurrence {}
}
