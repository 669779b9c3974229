package io.mrq.api.overview;

import io.mrq.schedule.Schedule;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;

/** A slot of a schedule was not enqueued in time, or is overdue. */
final class SlotMissed implements Check {
  private static final DateTimeFormatter SLOT = DateTimeFormatter.ofPattern("d MMM HH:mm:ss xxx");

  @Override
  public Optional<Trouble> in(Situation situation) {
    List<Trouble> all =
        situation.schedules().stream()
            .flatMap(schedule -> trouble(schedule, situation.now()).stream())
            .toList();
    return Trouble.of(
        all,
        () ->
            new Trouble.Words(
                "%,d schedules have slots that did not run".formatted(all.size()),
                "Their jobs were not enqueued in time. See the history of each schedule, and run by hand what is still needed."));
  }

  private static Optional<Trouble> trouble(Schedule schedule, Instant now) {
    Instant next = schedule.next();
    if (schedule.isOverdue(now)) {
      return Optional.of(
          trouble(
              schedule,
              "The schedule %s is overdue since %s"
                  .formatted(schedule.name(), text(schedule, next == null ? now : next)),
              "No scheduler enqueues its job. Start the scheduler service, or check its log."));
    }
    return schedule
        .missed(now)
        .map(slot ->
            trouble(
                schedule,
                "A slot of the schedule %s did not run: %s"
                    .formatted(schedule.name(), text(schedule, slot.slot())),
                "Its job was not enqueued in time, and the schedule does not make up for it. Run it by hand if it is still needed."));
  }

  private static Trouble trouble(Schedule schedule, String title, String advice) {
    return new Trouble(
        "slot-missed",
        Trouble.Severity.WARNING,
        title,
        advice,
        "recurring",
        Check.query("name", schedule.name()));
  }

  private static String text(Schedule schedule, Instant slot) {
    return SLOT.format(slot.atZone(schedule.definition().zone()));
  }
}
