package io.mrq.schedule;

import io.mrq.job.JobValues;
import io.mrq.schedule.Recurrence.Every;
import io.mrq.schedule.Recurrence.MonthlyAt;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a definition must keep to. */
final class ScheduleRules {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._:-]{1,100}");
  private static final Duration MIN_PERIOD = Duration.ofSeconds(1);
  private static final Duration MAX_DURATION = Duration.ofDays(3650);
  private static final Duration MAX_JITTER = Duration.ofDays(1);

  /** Far beyond these, dates can neither be stored nor be reckoned with. */
  private static final Instant EARLIEST = Instant.EPOCH;

  private static final Instant LATEST = Instant.parse("+10000-01-01T00:00:00Z");
  private static final String USUAL = "must be a date of the years 1970 to 9999";

  /** The largest params that are accepted, as BSON: each read of a schedule carries them. */
  private static final int MAX_PARAMS = 64 * 1024;

  private ScheduleRules() {}

  static void check(ScheduleDefinition definition) {
    require(
        NAME.matcher(definition.name()).matches(),
        "name",
        "must be 1 to 100 letters, digits or one of . _ : -");
    require(
        JobValues.check(definition.params(), "params") <= MAX_PARAMS,
        "params",
        "take more than the 64 KiB that are stored with a schedule");
    switch (definition.recurrence()) {
      case Every(Duration period) ->
          require(
              period.compareTo(MIN_PERIOD) >= 0
                  && period.compareTo(MAX_DURATION) <= 0
                  && period.toNanosPart() % 1_000_000 == 0,
              "every",
              "must be from 1s to 3650 days, in whole milliseconds");
      case MonthlyAt(int day, var _) ->
          require(day >= 1 && day <= 31, "monthday", "must be from 1 to 31");
      case Recurrence.DailyAt _, Recurrence.WeeklyAt _, Recurrence.Cron _ -> {
        // Every time of day is allowed, and cron expressions are checked by their parser.
      }
    }
    require(within(definition.jitter(), MAX_JITTER), "jitter", "must be from 0 to 24 hours");
    require(within(definition.window(), MAX_DURATION), "window", "must be from 0 to 3650 days");
    Instant start = definition.start();
    Instant end = definition.end();
    require(isUsual(start), "start", USUAL);
    require(isUsual(end), "end", USUAL);
    require(
        start == null || end == null || !end.isBefore(start), "end", "must not be before 'start'");
  }

  private static boolean isUsual(@Nullable Instant date) {
    return date == null || (!date.isBefore(EARLIEST) && date.isBefore(LATEST));
  }

  private static boolean within(Duration value, Duration limit) {
    return !value.isNegative() && value.compareTo(limit) <= 0;
  }

  private static void require(boolean condition, String field, String complaint) {
    if (!condition) {
      throw new InvalidScheduleException(field, complaint);
    }
  }
}
