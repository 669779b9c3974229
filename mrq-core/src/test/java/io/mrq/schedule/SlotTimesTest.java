package io.mrq.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.mrq.schedule.Recurrence.DailyAt;
import io.mrq.schedule.Recurrence.Every;
import io.mrq.schedule.Recurrence.MonthlyAt;
import io.mrq.schedule.Recurrence.WeeklyAt;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Slots are where people expect them, also in both nights of a change of the clock. */
class SlotTimesTest {
  private static final SlotTimes TIMES =
      new SlotTimes(expression -> {
        throw new IllegalArgumentException("no cron here: " + expression);
      });
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private static ScheduleDefinition.Builder schedule(Recurrence recurrence) {
    return ScheduleDefinition.builder("s", "tests.Sample", recurrence).zone(BERLIN);
  }

  private static List<String> slots(ScheduleDefinition schedule, String after, int count) {
    List<String> slots = new ArrayList<>();
    Instant slot = Instant.parse(after);
    for (int i = 0; i < count; i++) {
      slot = TIMES.next(schedule, START, slot);
      if (slot == null) {
        break;
      }
      slots.add(slot.toString());
    }
    return slots;
  }

  // SCH-08, SCH-09
  @Test
  void aDailySlotInTheHourThatIsLeftOutComesAtItsEnd() {
    ScheduleDefinition schedule = schedule(new DailyAt(LocalTime.of(2, 30))).build();

    assertThat(slots(schedule, "2026-03-27T12:00:00Z", 3))
        .containsExactly("2026-03-28T01:30:00Z", "2026-03-29T01:00:00Z", "2026-03-30T00:30:00Z");
  }

  // SCH-08, SCH-09
  @Test
  void aDailySlotInTheHourThatComesTwiceComesOnce() {
    ScheduleDefinition schedule = schedule(new DailyAt(LocalTime.of(2, 30))).build();

    assertThat(slots(schedule, "2026-10-23T12:00:00Z", 3))
        .containsExactly("2026-10-24T00:30:00Z", "2026-10-25T00:30:00Z", "2026-10-26T01:30:00Z");
  }

  // SCH-10
  @Test
  void aWeekdayComesOnceAWeek() {
    ScheduleDefinition schedule =
        schedule(new WeeklyAt(DayOfWeek.MONDAY, LocalTime.of(8, 0))).build();

    assertThat(slots(schedule, "2026-10-19T06:00:00Z", 2))
        .containsExactly("2026-10-26T07:00:00Z", "2026-11-02T07:00:00Z");
  }

  // SCH-10, SCH-19
  @Test
  void monthsWithoutTheDayAreLeftOut() {
    ScheduleDefinition schedule =
        schedule(new MonthlyAt(31, LocalTime.NOON)).zone(ZoneOffset.UTC).build();

    assertThat(slots(schedule, "2026-01-31T12:00:00Z", 4))
        .containsExactly(
            "2026-03-31T12:00:00Z",
            "2026-05-31T12:00:00Z",
            "2026-07-31T12:00:00Z",
            "2026-08-31T12:00:00Z");
  }

  // SCH-11, SCH-13, BUG-16
  @Test
  void anIntervalKeepsItsGridHoweverLateItIs() {
    ScheduleDefinition schedule = schedule(new Every(Duration.ofSeconds(60))).build();

    assertThat(slots(schedule, "2026-01-01T00:00:59.999Z", 2))
        .containsExactly("2026-01-01T00:01:00Z", "2026-01-01T00:02:00Z");
    assertThat(slots(schedule, "2026-01-01T07:13:48.123Z", 1))
        .containsExactly("2026-01-01T07:14:00Z");
  }

  // SCH-07, SCH-12
  @Test
  void noSlotIsEarlierThanTheAnchorOrTheStart() {
    Every hourly = new Every(Duration.ofHours(1));
    Instant start = Instant.parse("2026-02-01T00:00:30Z");

    assertThat(slots(schedule(hourly).build(), "2020-01-01T00:00:00Z", 1))
        .containsExactly("2026-01-01T00:00:00Z");
    assertThat(slots(schedule(hourly).start(start).build(), "2026-01-01T00:00:00Z", 2))
        .containsExactly("2026-02-01T00:00:30Z", "2026-02-01T01:00:30Z");
    assertThat(
            slots(
                schedule(new DailyAt(LocalTime.MIDNIGHT)).zone(ZoneOffset.UTC).start(start).build(),
                "2026-01-01T00:00:00Z",
                1))
        .containsExactly("2026-02-02T00:00:00Z");
  }

  @Test
  void noSlotIsLaterThanTheEnd() {
    Instant end = Instant.parse("2026-01-01T02:00:00Z");
    ScheduleDefinition schedule = schedule(new Every(Duration.ofHours(1))).end(end).build();

    assertThat(slots(schedule, "2026-01-01T00:00:00Z", 5))
        .containsExactly("2026-01-01T01:00:00Z", "2026-01-01T02:00:00Z");
  }

  @ParameterizedTest
  @CsvSource({
    "Europe/Berlin, 2026-03-29, 2026-10-25",
    "America/New_York, 2026-03-08, 2026-11-01",
    "Australia/Lord_Howe, 2026-10-04, 2026-04-05",
    "America/Asuncion, 2023-10-01, 2024-03-24",
    "Africa/Casablanca, 2026-03-22, 2026-02-15",
    "Pacific/Apia, 2011-12-30, 2011-09-24",
    "UTC, 2026-03-29, 2026-10-25"
  })
  void everyDailyTimeAgreesWithALookAtEachMinute(String zone, LocalDate forth, LocalDate back) {
    Random random = new Random(zone.hashCode());
    for (LocalDate day : List.of(forth, back)) {
      for (int i = 0; i < 40; i++) {
        LocalTime at =
            LocalTime.of(i % 2 == 0 ? random.nextInt(4) : random.nextInt(24), random.nextInt(60));
        agrees(ZoneId.of(zone), new DailyAt(at), day, local -> local.toLocalTime().equals(at));
        DayOfWeek weekday = day.plusDays(random.nextInt(-1, 2)).getDayOfWeek();
        agrees(
            ZoneId.of(zone),
            new WeeklyAt(weekday, at),
            day,
            local -> local.toLocalTime().equals(at) && local.getDayOfWeek() == weekday);
        int monthday = day.plusDays(random.nextInt(-1, 2)).getDayOfMonth();
        agrees(
            ZoneId.of(zone),
            new MonthlyAt(monthday, at),
            day,
            local -> local.toLocalTime().equals(at) && local.getDayOfMonth() == monthday);
      }
    }
  }

  /** Compares the slots of five days with those that are found minute by minute. */
  private static void agrees(
      ZoneId zone, Recurrence recurrence, LocalDate day, Predicate<LocalDateTime> matches) {
    ScheduleDefinition schedule = schedule(recurrence).zone(zone).build();
    Instant from = day.minusDays(2).atStartOfDay(zone).toInstant();
    Instant to = day.plusDays(3).atStartOfDay(zone).toInstant();
    List<Instant> computed = new ArrayList<>();
    Instant slot = TIMES.next(schedule, Instant.EPOCH, from);
    while (slot != null && slot.isBefore(to)) {
      computed.add(slot);
      slot = TIMES.next(schedule, Instant.EPOCH, slot);
    }

    assertThat(computed)
        .as("%s in %s", recurrence, zone)
        .containsExactlyElementsOf(lookedUp(zone, from, to, matches));
  }

  /** Walks through the minutes as a clock on the wall shows them. */
  private static SortedSet<Instant> lookedUp(
      ZoneId zone, Instant from, Instant to, Predicate<LocalDateTime> matches) {
    SortedSet<Instant> found = new TreeSet<>();
    SortedSet<LocalDateTime> seen = new TreeSet<>();
    LocalDateTime last = null;
    for (Instant minute = from.minus(1, ChronoUnit.DAYS);
        minute.isBefore(to);
        minute = minute.plus(1, ChronoUnit.MINUTES)) {
      LocalDateTime shown = LocalDateTime.ofInstant(minute, zone);
      // What the clock has just left out counts as shown now.
      for (LocalDateTime each = leftOut(last, shown);
          !each.isAfter(shown);
          each = each.plusMinutes(1)) {
        if (seen.add(each) && matches.test(each) && minute.isAfter(from)) {
          found.add(minute);
        }
      }
      last = shown;
    }
    return found;
  }

  private static LocalDateTime leftOut(@Nullable LocalDateTime last, LocalDateTime shown) {
    return last == null || !last.isBefore(shown) ? shown : last.plusMinutes(1);
  }

  @ParameterizedTest
  @ValueSource(longs = {1000, 1500, 60_000, 86_400_000})
  void anIntervalAgreesWithCounting(long period) {
    ScheduleDefinition schedule = schedule(new Every(Duration.ofMillis(period))).build();
    Random random = new Random(period);
    for (int i = 0; i < 200; i++) {
      Instant after = START.plusMillis(random.nextLong(100 * period));
      Instant expected = START;
      while (!expected.isAfter(after)) {
        expected = expected.plusMillis(period);
      }
      assertThat(TIMES.next(schedule, START, after)).isEqualTo(expected);
    }
  }

  @Test
  void aJobHasTheIdOfItsSlotAndAJitterOfItsOwn() {
    ScheduleDefinition schedule =
        schedule(new DailyAt(LocalTime.NOON)).jitter(Duration.ofSeconds(10)).build();

    assertThat(SlotRecord.jobOf("s", START)).isEqualTo(SlotRecord.jobOf("s", START));
    assertThat(SlotRecord.jobOf("s", START)).isNotEqualTo(SlotRecord.jobOf("t", START));
    assertThat(SlotRecord.jobOf("s", START).date()).isEqualTo(START);
    assertThat(SlotRecord.jobOf("s", START.plusMillis(1)))
        .isNotEqualTo(SlotRecord.jobOf("s", START));
    TreeSet<Duration> delays = new TreeSet<>();
    for (int i = 0; i < 500; i++) {
      delays.add(SlotRecord.delayOf(schedule, START.plusSeconds(i)));
    }
    assertThat(delays).hasSizeGreaterThan(400);
    assertThat(delays.first()).isBetween(Duration.ZERO, Duration.ofSeconds(1));
    assertThat(delays.last()).isBetween(Duration.ofSeconds(9), Duration.ofSeconds(10));
  }
}
