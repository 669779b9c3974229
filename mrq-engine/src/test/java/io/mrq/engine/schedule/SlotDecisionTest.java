package io.mrq.engine.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.mrq.job.JobId;
import io.mrq.schedule.Misfire;
import io.mrq.schedule.Overlap;
import io.mrq.schedule.Recurrence.DailyAt;
import io.mrq.schedule.Schedule;
import io.mrq.schedule.ScheduleDefinition;
import io.mrq.schedule.SlotOutcome;
import io.mrq.schedule.SlotRecord;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What becomes of slots that are due, by the policies of their schedule. */
class SlotDecisionTest {
  private static final Instant ANCHOR = Instant.parse("2026-01-01T00:00:00Z");
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private static Schedule seen(ScheduleDefinition definition, @Nullable Instant waiting) {
    return new Schedule(
        definition, "api", ANCHOR, ANCHOR, waiting, null, List.of(), null, List.of(), List.of(), 0);
  }

  private static SlotDecision.Decided decide(
      ScheduleDefinition.Builder definition, Duration after) {
    return decide(seen(definition.build(), null), List.of(), after);
  }

  private static SlotDecision.Decided decide(
      Schedule seen, List<JobId> unfinished, Duration after) {
    return SlotDecision.of(seen, ScheduleBench.TIMES, unfinished, ANCHOR.plus(after));
  }

  private static List<Instant> slots(SlotDecision.Decided decided) {
    return decided.slots().stream().map(SlotRecord::slot).toList();
  }

  private static List<SlotOutcome> outcomes(SlotDecision.Decided decided) {
    return decided.schedule().history().stream().map(SlotRecord::outcome).toList();
  }

  // SCH-11, SCH-13
  @Test
  void aSlotThatIsDueIsEnqueuedAndTheNextOneFollows() {
    SlotDecision.Decided decided = decide(ScheduleBench.every(MINUTE), Duration.ofMillis(3));

    assertThat(slots(decided)).containsExactly(ANCHOR);
    assertThat(decided.schedule().next()).isEqualTo(ANCHOR.plus(MINUTE));
    assertThat(decided.schedule().enqueuing()).isEqualTo(decided.slots());
    assertThat(decided.slots().getFirst().job()).isEqualTo(SlotRecord.jobOf("s", ANCHOR));
    assertThat(decided.missed()).isZero();
  }

  @Test
  void aShortPauseOfAllSchedulersLosesNoSlotWhateverThePolicy() {
    for (Misfire misfire : Misfire.values()) {
      SlotDecision.Decided decided =
          decide(
              ScheduleBench.every(Duration.ofSeconds(10)).misfire(misfire), Duration.ofSeconds(60));

      assertThat(slots(decided)).hasSize(7);
      assertThat(decided.missed()).isZero();
    }
  }

  // BUG-16
  @Test
  void ofABacklogTheLastSlotIsMadeUpForOnce() {
    SlotDecision.Decided decided = decide(ScheduleBench.every(MINUTE), Duration.ofMinutes(10));

    assertThat(slots(decided)).containsExactly(ANCHOR.plus(Duration.ofMinutes(10)));
    assertThat(decided.missed()).isEqualTo(10);
    assertThat(decided.schedule().next()).isEqualTo(ANCHOR.plus(Duration.ofMinutes(11)));
  }

  // BUG-16, SCH-09
  @Test
  void aMissedDailySlotIsMadeUpForOnce() {
    Schedule daily = seen(ScheduleBench.define(new DailyAt(LocalTime.MIDNIGHT)).build(), null);

    SlotDecision.Decided decided = decide(daily, List.of(), Duration.ofHours(5));

    assertThat(slots(decided)).containsExactly(ANCHOR);
    assertThat(decided.missed()).isZero();
    assertThat(decided.schedule().next()).isEqualTo(ANCHOR.plus(Duration.ofDays(1)));
  }

  @Test
  void skipMakesUpForNone() {
    SlotDecision.Decided decided =
        decide(
            ScheduleBench.every(Duration.ofHours(1)).misfire(Misfire.SKIP),
            Duration.ofMinutes(150));

    assertThat(slots(decided)).isEmpty();
    assertThat(outcomes(decided))
        .containsExactly(SlotOutcome.MISSED, SlotOutcome.MISSED, SlotOutcome.MISSED);
    assertThat(decided.missed()).isEqualTo(3);
    assertThat(decided.schedule().next()).isEqualTo(ANCHOR.plus(Duration.ofHours(3)));
    assertThat(decided.schedule().decided()).isNull();
  }

  @Test
  void allMakesUpForTheSlotsOfTheWindow() {
    SlotDecision.Decided decided =
        decide(
            ScheduleBench.every(Duration.ofHours(1))
                .misfire(Misfire.ALL)
                .window(Duration.ofHours(2)),
            Duration.ofMinutes(270));

    assertThat(outcomes(decided))
        .containsExactly(
            SlotOutcome.MISSED,
            SlotOutcome.MISSED,
            SlotOutcome.MISSED,
            SlotOutcome.ENQUEUED,
            SlotOutcome.ENQUEUED);
    assertThat(decided.missed()).isEqualTo(3);
  }

  @Test
  void aLongBacklogTakesSeveralDecisionsAndHasOneOutcome() {
    Schedule schedule = seen(ScheduleBench.every(Duration.ofSeconds(1)).build(), null);
    long missed = 0;
    int jobs = 0;
    int decisions = 0;
    while (!Objects.requireNonNull(schedule.next()).isAfter(ANCHOR.plus(Duration.ofHours(10)))) {
      SlotDecision.Decided decided = decide(schedule, List.of(), Duration.ofHours(10));
      missed += decided.missed();
      jobs += decided.slots().size();
      decisions++;
      schedule = decided.schedule();
    }

    assertThat(jobs).isEqualTo(1);
    assertThat(missed).isEqualTo(36_000);
    assertThat(decisions).isEqualTo(4);
    assertThat(schedule.history()).hasSize(Schedule.HISTORY);
  }

  @Test
  void manySlotsAreEnqueuedInSeveralDecisions() {
    SlotDecision.Decided decided =
        decide(
            ScheduleBench.every(Duration.ofSeconds(1)).misfire(Misfire.ALL),
            Duration.ofMinutes(10));

    assertThat(decided.slots()).hasSize(SlotDecision.MAX_JOBS);
    assertThat(decided.schedule().next()).isEqualTo(ANCHOR.plusSeconds(100));
  }

  @Test
  void whileAnEarlierJobIsUnfinishedSkipDropsTheSlot() {
    Schedule schedule = seen(ScheduleBench.every(MINUTE).overlap(Overlap.SKIP).build(), null);
    JobId earlier = JobId.next();

    SlotDecision.Decided busy = decide(schedule, List.of(earlier), Duration.ZERO);
    SlotDecision.Decided free = decide(schedule, List.of(), Duration.ofSeconds(60));

    assertThat(outcomes(busy)).containsExactly(SlotOutcome.OVERLAPPED);
    assertThat(busy.schedule().open()).containsExactly(earlier);
    assertThat(busy.schedule().next()).isEqualTo(ANCHOR.plus(MINUTE));
    assertThat(busy.missed()).isZero();
    assertThat(outcomes(free)).containsExactly(SlotOutcome.ENQUEUED, SlotOutcome.OVERLAPPED);
  }

  @Test
  void whileAnEarlierJobIsUnfinishedWaitKeepsTheSlot() {
    Schedule schedule = seen(ScheduleBench.every(MINUTE).overlap(Overlap.WAIT).build(), null);
    JobId earlier = JobId.next();

    Schedule waits = decide(schedule, List.of(earlier), Duration.ZERO).schedule();
    assertThat(waits.next()).isEqualTo(ANCHOR);
    assertThat(waits.wake()).isEqualTo(ANCHOR.plusSeconds(1));
    Schedule stillWaits = decide(waits, List.of(earlier), Duration.ofHours(1)).schedule();
    assertThat(stillWaits.next()).isEqualTo(ANCHOR);
    assertThat(stillWaits.wake()).isEqualTo(ANCHOR.plus(Duration.ofHours(1)).plusSeconds(10));
    assertThat(stillWaits.history()).isEmpty();

    SlotDecision.Decided free = decide(waits, List.of(), Duration.ofHours(1));
    assertThat(free.slots()).extracting(SlotRecord::slot).containsExactly(ANCHOR);
    // The last of those that came meanwhile waits now; the others were not missed, but overlapped.
    assertThat(free.missed()).isZero();
    assertThat(free.schedule().next()).isEqualTo(ANCHOR.plus(Duration.ofHours(1)));
    assertThat(free.schedule().waiting()).isNotNull();
  }

  @Test
  void jitterMovesTheJobAndNotTheSlot() {
    ScheduleDefinition definition =
        ScheduleBench.every(Duration.ofHours(1)).jitter(Duration.ofMinutes(30)).build();
    Schedule schedule = seen(definition, null);
    Duration delay = Duration.between(ANCHOR, schedule.due(ANCHOR));

    assertThat(decide(schedule, List.of(), delay.minusMillis(1)).slots()).isEmpty();
    assertThat(slots(decide(schedule, List.of(), delay))).containsExactly(ANCHOR);
  }
}
