package io.mrq.test.contract.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.mrq.job.JobId;
import io.mrq.schedule.Misfire;
import io.mrq.schedule.Overlap;
import io.mrq.schedule.Recurrence;
import io.mrq.schedule.Recurrence.Cron;
import io.mrq.schedule.Recurrence.DailyAt;
import io.mrq.schedule.Recurrence.Every;
import io.mrq.schedule.Recurrence.MonthlyAt;
import io.mrq.schedule.Recurrence.WeeklyAt;
import io.mrq.schedule.Schedule;
import io.mrq.schedule.ScheduleDefinition;
import io.mrq.schedule.SchedulePause;
import io.mrq.schedule.ScheduleStore;
import io.mrq.schedule.SlotOutcome;
import io.mrq.schedule.SlotRecord;
import io.mrq.test.contract.Race;
import io.mrq.test.contract.StoreContract;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a {@code ScheduleStore} does. */
public abstract class ScheduleStoreContract extends StoreContract {
  private static final LocalTime AT = LocalTime.of(3, 30, 15);

  private ScheduleStore schedules() {
    return ports.schedules();
  }

  private static ScheduleDefinition definition(String name) {
    return ScheduleDefinition.builder(name, "tests.Sample", new Every(Duration.ofMinutes(1)))
        .build();
  }

  private static Schedule schedule(ScheduleDefinition definition, @Nullable Instant next) {
    return new Schedule(
        definition, "api", NOW, next, null, null, List.of(), null, List.of(), List.of(), 0);
  }

  private Schedule created(String name, @Nullable Instant next) {
    Schedule schedule = schedule(definition(name), next);
    assertThat(schedules().create(schedule)).isTrue();
    return schedule;
  }

  private Schedule found(String name) {
    return schedules().find(name).orElseThrow(() -> new AssertionError("no schedule " + name));
  }

  @Test
  void everythingThatAScheduleHasIsReadBack() {
    ScheduleDefinition all =
        ScheduleDefinition.builder(
                "all.of_it:x-1", "tests.Sample", new WeeklyAt(DayOfWeek.SUNDAY, AT))
            .params(Map.of("a", 1, "b", List.of("x", 2.5), "c", Map.of("d", true)))
            .queue("mails/slow")
            .priority(-7)
            .zone(ZoneId.of("Europe/Berlin"))
            .misfire(Misfire.ALL)
            .window(Duration.ofHours(36))
            .overlap(Overlap.WAIT)
            .jitter(Duration.ofMillis(1500))
            .start(NOW)
            .end(LATER)
            .build();
    SlotRecord slot = SlotRecord.enqueued(all.name(), NOW, LATER);
    SlotRecord byHand = new SlotRecord(NOW, SlotOutcome.BY_HAND, JobId.next(), LATER, "ann");
    List<SlotRecord> history =
        List.of(slot, SlotRecord.without(NOW, SlotOutcome.MISSED, LATER), byHand);
    Schedule schedule =
        new Schedule(
            all,
            "the shop",
            NOW,
            LATER,
            LATER,
            new SchedulePause("ann", "why not", NOW),
            List.of(slot, byHand),
            NOW,
            List.of(JobId.next(), JobId.next()),
            history,
            0);

    schedules().create(schedule);

    assertThat(found(all.name())).isEqualTo(schedule);
  }

  // SCH-02, SCH-16
  @Test
  void everyRecurrenceIsReadBack() {
    List<Recurrence> all =
        List.of(
            new Every(Duration.ofMillis(1500)),
            new DailyAt(LocalTime.of(0, 0)),
            new WeeklyAt(DayOfWeek.MONDAY, AT),
            new MonthlyAt(31, AT),
            new Cron("0 */5 8-18 * * MON-FRI"));
    for (int i = 0; i < all.size(); i++) {
      Schedule schedule =
          schedule(ScheduleDefinition.builder("s" + i, "tests.Sample", all.get(i)).build(), null);
      schedules().create(schedule);

      assertThat(found("s" + i)).isEqualTo(schedule);
      assertThat(found("s" + i).definition().params()).isEmpty();
    }
  }

  // SCH-20
  @Test
  void aNameIsTakenOnce() {
    created("s", NOW);

    assertThat(schedules().create(schedule(definition("s"), LATER))).isFalse();
    assertThat(found("s").next()).isEqualTo(NOW);
  }

  @Test
  void schedulesAreListedByNameInPages() {
    for (String name : List.of("c", "a", "B", "d")) {
      created(name, NOW);
    }

    assertThat(schedules().list(null, 2)).extracting(Schedule::name).containsExactly("B", "a");
    assertThat(schedules().list("a", 5)).extracting(Schedule::name).containsExactly("c", "d");
    assertThat(schedules().list(null, 0)).isEmpty();
  }

  @Test
  void anOwnerHasItsOwn() {
    created("a", NOW);
    schedules()
        .create(
            new Schedule(
                definition("b"),
                "shop",
                NOW,
                null,
                null,
                null,
                List.of(),
                null,
                List.of(),
                List.of(),
                0));

    assertThat(schedules().ownedBy("shop")).extracting(Schedule::name).containsExactly("b");
    assertThat(schedules().ownedBy("none")).isEmpty();
  }

  @Test
  void theMostUrgentAreFoundFirst() {
    created("later", LATER);
    created("first", NOW);
    created("second", NOW.plusMillis(1));
    created("never", null);

    assertThat(schedules().due(LATER.minusMillis(1), 10))
        .extracting(Schedule::name)
        .containsExactly("first", "second");
    assertThat(schedules().due(LATER, 1)).extracting(Schedule::name).containsExactly("first");
  }

  @Test
  void aPausedScheduleIsNotDueUnlessAJobOfItIsToBeEnqueued() {
    SchedulePause pause = new SchedulePause("ann", "", NOW);
    Schedule paused =
        new Schedule(
            definition("s"),
            "api",
            NOW,
            NOW,
            null,
            pause,
            List.of(),
            null,
            List.of(),
            List.of(),
            0);
    schedules().create(paused);
    assertThat(schedules().due(LATER, 10)).isEmpty();

    SlotRecord run = new SlotRecord(NOW, SlotOutcome.BY_HAND, JobId.next(), NOW, "ann");
    schedules()
        .replace(
            List.of(
                new Schedule(
                    definition("s"),
                    "api",
                    NOW,
                    NOW,
                    null,
                    pause,
                    List.of(run),
                    NOW,
                    List.of(),
                    List.of(run),
                    0)));

    assertThat(schedules().due(LATER, 10)).containsExactly(found("s"));
  }

  @Test
  void aReplacementNeedsTheVersionThatWasRead() {
    Schedule seen = created("s", NOW);
    Schedule next = schedule(definition("s"), LATER);

    assertThat(schedules().replace(List.of(next))).containsExactly("s");
    assertThat(found("s")).isEqualTo(next.stored());
    assertThat(schedules().replace(List.of(seen))).isEmpty();
    assertThat(found("s").next()).isEqualTo(LATER);
    assertThat(schedules().replace(List.of())).isEmpty();
  }

  @Test
  void whatAReplacementDoesNotHaveIsGone() {
    Schedule full =
        new Schedule(
            definition("s"),
            "api",
            NOW,
            NOW,
            NOW,
            new SchedulePause("ann", "", NOW),
            List.of(),
            null,
            List.of(),
            List.of(),
            0);
    schedules().create(full);
    Schedule less = schedule(definition("s"), null);

    schedules().replace(List.of(less));

    assertThat(found("s")).isEqualTo(less.stored());
    assertThat(schedules().due(LATER, 10)).isEmpty();
  }

  @Test
  void ofManyReplacementsThoseAreAnsweredThatWon() {
    Schedule a = created("a", NOW);
    Schedule b = created("b", NOW);
    created("c", NOW);
    schedules().replace(List.of(b));

    Set<String> won = schedules().replace(List.of(a, b, schedule(definition("missing"), NOW)));

    assertThat(won).containsExactly("a");
  }

  // SCH-14
  @Test
  void ofReplacementsAtTheSameTimeOneWins() {
    Schedule seen = created("s", NOW);

    List<Set<String>> answers = Race.of(8, _ -> schedules().replace(List.of(seen)));

    assertThat(answers.stream().filter(won -> won.contains("s"))).hasSize(1);
    assertThat(found("s").version()).isEqualTo(1);
  }

  @Test
  void aScheduleIsDeletedAsItWasRead() {
    Schedule seen = created("s", NOW);
    schedules().replace(List.of(seen));

    assertThat(schedules().delete(seen)).isFalse();
    assertThat(schedules().delete(found("s"))).isTrue();
    assertThat(schedules().find("s")).isEmpty();
    assertThat(schedules().delete(seen)).isFalse();
  }

  @Test
  void theStoreTellsItsTime() {
    Instant first = schedules().now();

    assertThat(schedules().now()).isAfterOrEqualTo(first);
    assertThat(Arrays.asList(first.getNano() % 1_000_000)).containsOnly(0);
  }
}
