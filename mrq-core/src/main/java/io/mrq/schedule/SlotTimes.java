package io.mrq.schedule;

import io.mrq.schedule.CronParser.CronTimes;
import io.mrq.schedule.Recurrence.Cron;
import io.mrq.schedule.Recurrence.DailyAt;
import io.mrq.schedule.Recurrence.Every;
import io.mrq.schedule.Recurrence.MonthlyAt;
import io.mrq.schedule.Recurrence.WeeklyAt;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.TemporalAdjusters;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import org.jspecify.annotations.Nullable;

/**
 * Computes the slots of schedules.
 *
 * <p>When a clock is put forward, a slot in the hour that is left out comes at the end of that
 * hour. When it is put back, a slot in the hour that comes twice has its place in the first of the
 * two. So a change of the clock makes no slot twice or never. Cron expressions that leave the hour
 * open follow the hours that pass instead, see {@link CronTimes#isHourly()}.
 */
public final class SlotTimes {
  private static final LocalDateTime EARLIEST = LocalDateTime.of(1900, 1, 1, 0, 0);

  private final CronParser crons;

  /** Uses this parser for cron expressions. */
  public SlotTimes(CronParser crons) {
    this.crons = crons;
  }

  /**
   * Returns the first slot after a moment, or null when there is none.
   *
   * @param anchor from which an interval is counted; no slot is earlier
   */
  public @Nullable Instant next(ScheduleDefinition schedule, Instant anchor, Instant after) {
    Instant start = schedule.start();
    Instant before = anchor.minusMillis(1);
    Instant from = after.isBefore(before) ? before : after;
    if (start != null && from.isBefore(start)) {
      from = start.minusMillis(1);
    }
    Instant slot =
        next(schedule.recurrence(), schedule.zone(), start == null ? anchor : start, from);
    Instant end = schedule.end();
    return slot == null || (end != null && slot.isAfter(end)) ? null : slot;
  }

  private @Nullable Instant next(
      Recurrence recurrence, ZoneId zone, Instant anchor, Instant after) {
    ZoneRules rules = zone.getRules();
    return switch (recurrence) {
      case Every(var period) -> onGrid(anchor, period.toMillis(), after);
      case DailyAt(var at) -> once(local -> daily(at, local), rules, after);
      case WeeklyAt weekly -> once(local -> weekly(weekly, local), rules, after);
      case MonthlyAt monthly -> once(local -> monthly(monthly, local), rules, after);
      case Cron(var expression) -> {
        CronTimes times = crons.parse(expression);
        yield times.isHourly() ? byPassingHours(times, rules, after) : once(times, rules, after);
      }
    };
  }

  private static Instant onGrid(Instant anchor, long period, Instant after) {
    long passed = after.toEpochMilli() - anchor.toEpochMilli();
    long count = Math.max(0, Math.floorDiv(passed, period) + 1);
    return anchor.plusMillis(Math.multiplyExact(count, period));
  }

  private static LocalDateTime daily(LocalTime at, LocalDateTime after) {
    LocalDateTime today = after.toLocalDate().atTime(at);
    return today.isAfter(after) ? today : today.plusDays(1);
  }

  private static LocalDateTime weekly(WeeklyAt weekly, LocalDateTime after) {
    LocalDateTime first =
        after.toLocalDate().with(TemporalAdjusters.nextOrSame(weekly.day())).atTime(weekly.at());
    return first.isAfter(after) ? first : first.plusWeeks(1);
  }

  private static LocalDateTime monthly(MonthlyAt monthly, LocalDateTime after) {
    for (YearMonth month = YearMonth.from(after); ; month = month.plusMonths(1)) {
      if (month.isValidDay(monthly.day())) {
        LocalDateTime slot = month.atDay(monthly.day()).atTime(monthly.at());
        if (slot.isAfter(after)) {
          return slot;
        }
      }
    }
  }

  /** Each local time once, also one that a clock does not show or shows twice. */
  private static @Nullable Instant once(LocalTimes times, ZoneRules rules, Instant after) {
    LocalDateTime local = local(after, rules.getOffset(after));
    while (true) {
      local = times.next(local);
      if (local == null) {
        return null;
      }
      ZoneOffsetTransition change = rules.getTransition(local);
      Instant slot =
          change != null && change.isGap()
              ? change.getInstant()
              : local.toInstant(change == null ? rules.getOffset(local) : change.getOffsetBefore());
      if (slot.isAfter(after)) {
        return slot;
      }
    }
  }

  /** Every moment at which a clock on the wall shows one of these times. */
  private static @Nullable Instant byPassingHours(
      LocalTimes times, ZoneRules rules, Instant after) {
    Instant from = after;
    ZoneOffset offset = rules.getOffset(after);
    LocalDateTime local = local(after, offset);
    while (true) {
      LocalDateTime next = times.next(local);
      if (next == null) {
        return null;
      }
      Instant slot = next.toInstant(offset);
      ZoneOffsetTransition change = rules.nextTransition(from);
      if (change == null || slot.isBefore(change.getInstant())) {
        return slot;
      }
      from = change.getInstant();
      offset = change.getOffsetAfter();
      local = change.getDateTimeAfter().minusNanos(1);
    }
  }

  private static LocalDateTime local(Instant moment, ZoneOffset offset) {
    LocalDateTime local = LocalDateTime.ofInstant(moment, offset);
    return local.isBefore(EARLIEST) ? EARLIEST : local;
  }
}
