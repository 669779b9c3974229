package io.mrq.autoconfigure.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mrq.schedule.CronParser;
import io.mrq.schedule.Recurrence.Cron;
import io.mrq.schedule.ScheduleDefinition;
import io.mrq.schedule.SlotTimes;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Cron expressions, in both nights of a change of the clock and on any other day. */
class SpringCronTest {
  private static final CronParser CRON = new SpringCron();
  private static final SlotTimes TIMES = new SlotTimes(CRON);
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  private static List<String> slots(String expression, String after, int count) {
    return slots(BERLIN, expression, Instant.parse(after), count).stream()
        .map(Instant::toString)
        .toList();
  }

  private static List<Instant> slots(ZoneId zone, String expression, Instant after, int count) {
    ScheduleDefinition schedule =
        ScheduleDefinition.builder("s", "tests.Sample", new Cron(expression)).zone(zone).build();
    List<Instant> slots = new ArrayList<>();
    Instant slot = after;
    while (slots.size() < count) {
      slot = TIMES.next(schedule, Instant.EPOCH, slot);
      if (slot == null) {
        break;
      }
      slots.add(slot);
    }
    return slots;
  }

  @Test
  void anExpressionThatNamesTheHourRunsOnceInEachNight() {
    assertThat(slots("30 2 * * *", "2026-03-27T12:00:00Z", 3))
        .containsExactly("2026-03-28T01:30:00Z", "2026-03-29T01:00:00Z", "2026-03-30T00:30:00Z");
    assertThat(slots("30 2 * * *", "2026-10-23T12:00:00Z", 3))
        .containsExactly("2026-10-24T00:30:00Z", "2026-10-25T00:30:00Z", "2026-10-26T01:30:00Z");
  }

  @Test
  void slotsInTheHourThatIsLeftOutComeTogetherAtItsEnd() {
    assertThat(slots("*/20 2,3 * * *", "2026-03-29T00:00:00Z", 4))
        .containsExactly(
            "2026-03-29T01:00:00Z",
            "2026-03-29T01:20:00Z",
            "2026-03-29T01:40:00Z",
            "2026-03-30T00:00:00Z");
  }

  @Test
  void anExpressionThatLeavesTheHourOpenFollowsTheHoursThatPass() {
    assertThat(slots("30 * * * *", "2026-03-28T23:45:00Z", 3))
        .containsExactly("2026-03-29T00:30:00Z", "2026-03-29T01:30:00Z", "2026-03-29T02:30:00Z");
    assertThat(slots("30 * * * *", "2026-10-24T23:45:00Z", 3))
        .containsExactly("2026-10-25T00:30:00Z", "2026-10-25T01:30:00Z", "2026-10-25T02:30:00Z");
    assertThat(slots("@hourly", "2026-10-24T23:45:00Z", 3))
        .containsExactly("2026-10-25T00:00:00Z", "2026-10-25T01:00:00Z", "2026-10-25T02:00:00Z");
    assertThat(slots("@HOURLY", "2026-10-24T23:45:00Z", 3))
        .containsExactly("2026-10-25T00:00:00Z", "2026-10-25T01:00:00Z", "2026-10-25T02:00:00Z");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "America/St_Johns"})
  void expressionsAgreeWithALookAtEachMinute(String name) {
    ZoneId zone = ZoneId.of(name);
    agrees(zone, "*/7 * * * *", local -> local.getMinute() % 7 == 0, true);
    agrees(
        zone,
        "15,45 * * * SUN",
        local -> local.getMinute() % 30 == 15 && local.getDayOfWeek().getValue() == 7,
        true);
    agrees(
        zone,
        "*/10 1-3 * * *",
        local -> local.getMinute() % 10 == 0 && local.getHour() >= 1 && local.getHour() <= 3,
        false);
    agrees(zone, "0 */2 * * *", local -> local.getMinute() == 0 && local.getHour() % 2 == 0, false);
    agrees(
        zone,
        "45 1 * * 0",
        local ->
            local.getMinute() == 45 && local.getHour() == 1 && local.getDayOfWeek().getValue() == 7,
        false);
  }

  private static void agrees(
      ZoneId zone, String expression, Predicate<LocalDateTime> matches, boolean isHourly) {
    agrees(zone, expression, matches, isHourly, LocalDate.of(2026, 3, 1), 40);
    agrees(zone, expression, matches, isHourly, LocalDate.of(2026, 9, 28), 40);
  }

  private static void agrees(
      ZoneId zone,
      String expression,
      Predicate<LocalDateTime> matches,
      boolean isHourly,
      LocalDate first,
      int days) {
    Instant from = first.atStartOfDay(zone).toInstant();
    Instant to = first.plusDays(days).atStartOfDay(zone).toInstant();
    List<Instant> expected = new ArrayList<>();
    Set<LocalDateTime> seen = new HashSet<>();
    LocalDateTime last = null;
    for (Instant minute = from; minute.isBefore(to); minute = minute.plus(1, ChronoUnit.MINUTES)) {
      LocalDateTime shown = LocalDateTime.ofInstant(minute, zone);
      boolean found = isHourly ? matches.test(shown) : seen.add(shown) && matches.test(shown);
      if (!isHourly && last != null && last.isBefore(shown.minusMinutes(1))) {
        LocalDateTime before = last;
        long gap = ChronoUnit.MINUTES.between(last, shown);
        found |= IntStream.range(1, (int) gap).mapToObj(before::plusMinutes).anyMatch(matches);
      }
      if (found) {
        expected.add(minute);
      }
      last = shown;
    }

    assertThat(slots(zone, expression, from.minusMillis(1), expected.size()))
        .as("%s in %s", expression, zone)
        .isEqualTo(expected);
  }

  @Test
  void daysAreCountedAsPeopleDo() {
    assertThat(slots("0 0 29 2 *", "2026-01-01T00:00:00Z", 2))
        .containsExactly("2028-02-28T23:00:00Z", "2032-02-28T23:00:00Z");
    assertThat(slots("0 12 L * *", "2026-01-01T00:00:00Z", 2))
        .containsExactly("2026-01-31T11:00:00Z", "2026-02-28T11:00:00Z");
    assertThat(slots("0 12 * * MON#1", "2026-01-01T00:00:00Z", 1))
        .containsExactly("2026-01-05T11:00:00Z");
    assertThat(slots("*/30 * * * * *", "2026-01-01T00:00:00Z", 2))
        .containsExactly("2026-01-01T00:00:30Z", "2026-01-01T00:01:00Z");
    assertThat(slots("@daily", "2026-01-01T00:00:00Z", 1)).containsExactly("2026-01-01T23:00:00Z");
  }

  @Test
  void aDayThatNeverComesHasNoSlot() {
    assertThat(slots("0 0 30 2 *", "2026-01-01T00:00:00Z", 1)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"nonsense", "* * * *", "61 * * * *", "@often", "0 0 0 0 0 0 0", "''"})
  void whatIsNoExpressionIsRefusedWithTheForm(String text) {
    assertThatThrownBy(() -> CRON.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("minute, hour, day, month, weekday");
  }
}
