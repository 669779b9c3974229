package io.mrq.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mrq.schedule.Recurrence.DailyAt;
import io.mrq.schedule.Recurrence.Every;
import io.mrq.schedule.Recurrence.MonthlyAt;
import io.mrq.schedule.Recurrence.WeeklyAt;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScheduleFieldsTest {
  private static ScheduleDefinition read(@Nullable Object... namesAndValues) {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    fields.put("path", "tests.Sample");
    for (int i = 0; i < namesAndValues.length; i += 2) {
      fields.put(String.valueOf(namesAndValues[i]), namesAndValues[i + 1]);
    }
    return ScheduleFields.read("s", fields);
  }

  // SCH-02, SCH-16
  @Test
  void everyFormOfATimeIsRead() {
    assertThat(read("every", 5).recurrence()).isEqualTo(new Every(Duration.ofSeconds(5)));
    assertThat(read("every", "90m").recurrence()).isEqualTo(new Every(Duration.ofMinutes(90)));
    assertThat(read("daily_at", "03:00").recurrence()).isEqualTo(new DailyAt(LocalTime.of(3, 0)));
    assertThat(read("weekday", 0, "at", "08:30:15").recurrence())
        .isEqualTo(new WeeklyAt(DayOfWeek.MONDAY, LocalTime.of(8, 30, 15)));
    assertThat(read("weekday", "sun", "at", "08:30").recurrence())
        .isEqualTo(new WeeklyAt(DayOfWeek.SUNDAY, LocalTime.of(8, 30)));
    assertThat(read("monthday", 31, "at", "00:00").recurrence())
        .isEqualTo(new MonthlyAt(31, LocalTime.MIDNIGHT));
    assertThat(read("every", 5).params()).isEmpty();
  }

  @Test
  void whatIsReadIsWrittenTheSame() {
    ScheduleDefinition all =
        read(
            "cron",
            "0 3 * * *",
            "params",
            Map.of("a", 1),
            "queue",
            "q",
            "priority",
            -3,
            "zone",
            "Europe/Berlin",
            "misfire",
            "all",
            "window",
            "36h",
            "overlap",
            "wait",
            "jitter",
            "10s",
            "start",
            "2026-01-01T00:00:00Z",
            "end",
            "2027-01-01T00:00:00Z");

    assertThat(all.zone()).isEqualTo(ZoneId.of("Europe/Berlin"));
    assertThat(all.start()).isEqualTo(Instant.parse("2026-01-01T00:00:00Z"));
    assertThat(ScheduleFields.read("s", ScheduleFields.of(all))).isEqualTo(all);
    ScheduleDefinition least = read("every", 5);
    assertThat(ScheduleFields.read("s", ScheduleFields.of(least))).isEqualTo(least);
    assertThat(least.misfire()).isEqualTo(Misfire.ONCE);
    assertThat(least.overlap()).isEqualTo(Overlap.ALLOW);
  }

  // SCH-03, BUG-16
  @ParameterizedTest
  @CsvSource({
    "every, , daily_at, , every",
    "every, 5, daily_at, 03:00, daily_at",
    "weekday, 0, at, , at",
    "weekday, 0, every, 5, weekday",
    "monthday, 3, at, , at",
    "every, 5, at, 03:00, at",
    "weekday, 7, at, 03:00, weekday",
    "daily_at, 24:00, zone, UTC, daily_at",
    "every, soon, zone, UTC, every",
    "every, 99999999999999999999, zone, UTC, every",
    "every, 5, zone, Mars/Olympus, zone",
    "every, 5, misfire, perhaps, misfire",
    "every, 5, start, yesterday, start",
    "every, 5, priority, high, priority",
    "every, 5, params, none, params",
    "every, 5, dailytime, 03:00, dailytime"
  })
  void whatIsWrongIsNamed(
      String first, @Nullable String one, String second, @Nullable String other, String field) {
    assertThatThrownBy(() -> read(first, one, second, other))
        .isInstanceOfSatisfying(
            InvalidScheduleException.class, e -> assertThat(e.field()).isEqualTo(field))
        .hasMessageNotContaining("input string");
  }

  @Test
  void aPathIsRequired() {
    assertThatThrownBy(() -> ScheduleFields.read("s", Map.of("every", 5)))
        .hasMessageContaining("'path' is required");
  }
}
