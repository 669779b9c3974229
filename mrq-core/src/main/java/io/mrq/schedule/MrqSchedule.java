package io.mrq.schedule;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Lets a task run again and again. It stands beside {@link io.mrq.task.MrqTask} on a method, or on
 * a class that extends {@link io.mrq.task.Task}:
 *
 * <pre>{@code
 * @MrqTask("reports.nightly")
 * @MrqSchedule(cron = "0 3 * * MON-FRI", zone = "Europe/Berlin")
 * void nightly() { … }
 * }</pre>
 *
 * <p>Exactly one of {@code every}, {@code dailyAt}, {@code weekday}, {@code monthday} and {@code
 * cron} says when. Texts may hold placeholders such as <code>${reports.cron}</code>; an empty one
 * means the default. When the application starts, it makes, changes or deletes its own schedules
 * accordingly. A wrong value ends the start of the application.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
@Repeatable(MrqSchedule.All.class)
public @interface MrqSchedule {
  /**
   * The name, which is the identity of the schedule in all applications: letters, digits and {@code
   * . _ : -}. Default: the path of the task; so each further schedule of a task needs a name.
   */
  String name() default "";

  /** Every so often, such as {@code 90s} or {@code 1h}, a second at least. */
  String every() default "";

  /** Each day at this time, such as {@code 03:00} or {@code 03:00:30}. */
  String dailyAt() default "";

  /** Each week on this day, such as {@code monday}, at the time {@link #at}. */
  String weekday() default "";

  /**
   * Each month on this day, 1 to 31, at the time {@link #at}. A month that does not have the day
   * has no slot.
   */
  String monthday() default "";

  /** The time of day of {@link #weekday} and {@link #monthday}. */
  String at() default "";

  /**
   * When a cron expression says so: minute, hour, day of the month, month and day of the week, such
   * as {@code 0 3 * * MON-FRI}; six fields begin with the second.
   */
  String cron() default "";

  /** The time zone, such as {@code Europe/Berlin}. Default: UTC. */
  String zone() default "";

  /** What becomes of slots that nobody enqueued in time. */
  Misfire misfire() default Misfire.ONCE;

  /** How old a slot may be that {@link Misfire#ALL} makes up for. Default: one day. */
  String window() default "";

  /** What becomes of a slot while an earlier job of the schedule has not ended. */
  Overlap overlap() default Overlap.ALLOW;

  /** By how much a job may come later than its slot, at most 24 h. Default: 0. */
  String jitter() default "";

  /** No slot is earlier than this date in ISO 8601. */
  String start() default "";

  /** No slot is later than this date in ISO 8601. */
  String end() default "";

  /** The queue of the jobs. Default: that of the task. */
  String queue() default "";

  /** The priority of the jobs, −1000 … 1000. */
  int priority() default 0;

  /** The params of the jobs as a JSON object. Default: none. */
  String params() default "";

  /** Several schedules of a task. */
  @Documented
  @Retention(RetentionPolicy.RUNTIME)
  @Target({ElementType.METHOD, ElementType.TYPE})
  @interface All {
    /** The schedules. */
    MrqSchedule[] value();
  }
}
