package io.mrq.engine.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mrq.engine.maintenance.MaintenanceEvent;
import io.mrq.job.Job;
import io.mrq.job.JobId;
import io.mrq.schedule.Misfire;
import io.mrq.schedule.Overlap;
import io.mrq.schedule.Recurrence.Cron;
import io.mrq.schedule.Recurrence.DailyAt;
import io.mrq.schedule.Recurrence.Every;
import io.mrq.schedule.Schedule;
import io.mrq.schedule.ScheduleDefinition;
import io.mrq.schedule.ScheduleStore;
import io.mrq.schedule.Schedules;
import io.mrq.schedule.SlotOutcome;
import io.mrq.schedule.SlotRecord;
import io.mrq.store.StoreUnavailableException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Each slot of a schedule becomes one job, whatever dies and whatever clocks say. */
class RecurringJobEnqueuerTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  private final ScheduleBench bench = new ScheduleBench();

  /** Does everything that there is to do now. */
  private static void settle(RecurringJobEnqueuer scheduler) {
    while (scheduler.pass().isZero()) {}
  }

  // SCH-07, SCH-11, SCH-16, SCH-17
  @Test
  void anIntervalBeginsAtOnceAndGoesOn() {
    bench.schedules.define(ScheduleBench.every(Duration.ofSeconds(5)).build(), Schedules.API);
    RecurringJobEnqueuer scheduler = bench.scheduler();

    settle(scheduler);
    bench.clock.advance(Duration.ofSeconds(6));
    settle(scheduler);

    assertThat(bench.jobs()).hasSize(2);
    assertThat(bench.jobs())
        .allSatisfy(job -> {
          assertThat(job.params()).isEmpty();
          assertThat(job.queue()).isEqualTo("default");
        });
    assertThat(bench.events)
        .containsExactly(
            new MaintenanceEvent.SlotEnqueued("s", Duration.ZERO),
            new MaintenanceEvent.SlotEnqueued("s", SECOND));
  }

  // SCH-08
  @Test
  void aDailySlotThatHasPassedWaitsForTomorrow() {
    Instant now = bench.clock.instant();
    LocalTime time = LocalTime.ofInstant(now, ZoneOffset.UTC);
    bench.schedules.define(
        ScheduleBench.define(new DailyAt(time.minusHours(1))).build(), Schedules.API);

    settle(bench.scheduler());
    assertThat(bench.jobs()).isEmpty();
    bench.clock.advance(Duration.ofHours(23));
    settle(bench.scheduler());
    settle(bench.scheduler());

    assertThat(bench.jobs()).hasSize(1);
  }

  @Test
  void theJobsHaveWhatTheScheduleSays() {
    bench.schedules.define(
        ScheduleBench.every(SECOND).params(Map.of("a", 1)).queue("mails").priority(7).build(),
        Schedules.API);

    settle(bench.scheduler());

    Job job = bench.jobs().getFirst();
    assertThat(job.params()).isEqualTo(Map.of("a", 1));
    assertThat(job.queue()).isEqualTo("mails");
    assertThat(job.id()).isEqualTo(SlotRecord.jobOf("s", bench.clock.instant()));
  }

  @Test
  void aScheduleWhoseSlotsCannotBeComputedHoldsUpNoOther() {
    Instant now = bench.clock.instant();
    ScheduleDefinition unknown =
        ScheduleDefinition.builder("a", "tests.Sample", new Cron("of another parser")).build();
    bench
        .store
        .schedules()
        .create(
            new Schedule(
                unknown, "api", now, now, null, null, List.of(), null, List.of(), List.of(), 0));
    bench.schedules.define(ScheduleBench.every(SECOND).build(), Schedules.API);

    RecurringJobEnqueuer scheduler = bench.scheduler();
    settle(scheduler);
    bench.clock.advance(SECOND);
    settle(scheduler);

    assertThat(bench.jobs()).hasSize(2);
    Schedule kept = bench.schedules.find("a").orElseThrow();
    assertThat(kept.next()).isEqualTo(now);
    assertThat(kept.wake()).isEqualTo(now.plusSeconds(10));
    assertThat(kept.history()).isEmpty();
  }

  @Test
  void itWaitsForTheNextSlotButNotLongerThanANewScheduleMayWait() {
    bench.schedules.define(ScheduleBench.every(Duration.ofSeconds(3)).build(), Schedules.API);
    RecurringJobEnqueuer scheduler = bench.scheduler();
    settle(scheduler);

    assertThat(scheduler.pass()).isEqualTo(Duration.ofSeconds(3));
    bench.clock.advance(Duration.ofSeconds(1));
    assertThat(scheduler.pass()).isEqualTo(Duration.ofSeconds(2));

    bench.schedules.delete("s", Schedules.API);
    bench.clock.advance(Duration.ofSeconds(9));
    assertThat(scheduler.pass()).isEqualTo(RecurringJobEnqueuer.READ_EVERY);
  }

  @Test
  void aPausedScheduleHasNoSlotsUntilItIsResumed() {
    bench.schedules.define(ScheduleBench.every(SECOND).build(), Schedules.API);
    bench.schedules.pause("s", "ann", "provider down");

    settle(bench.scheduler());
    bench.clock.advance(Duration.ofMinutes(10));
    settle(bench.scheduler());
    assertThat(bench.jobs()).isEmpty();

    bench.schedules.resume("s");
    bench.clock.advance(SECOND);
    settle(bench.scheduler());
    assertThat(bench.jobs()).hasSize(1);
    assertThat(bench.outcomes()).containsExactly(SlotOutcome.ENQUEUED);
  }

  @Test
  void theNextSlotCanBeLeftOut() {
    bench.schedules.define(ScheduleBench.every(SECOND).build(), Schedules.API);

    bench.schedules.skipNext("s", "ann");
    settle(bench.scheduler());
    assertThat(bench.jobs()).isEmpty();
    bench.clock.advance(SECOND);
    settle(bench.scheduler());

    assertThat(bench.outcomes()).containsExactly(SlotOutcome.SKIPPED, SlotOutcome.ENQUEUED);
  }

  @Test
  void aRunByHandIsEnqueuedAtOnceAlsoOfAPausedSchedule() {
    bench.schedules.define(ScheduleBench.every(SECOND).build(), Schedules.API);
    bench.schedules.pause("s", "ann", "");

    JobId job = bench.schedules.run("s", "ben").orElseThrow();

    assertThat(bench.jobs()).extracting(Job::id).containsExactly(job);
    assertThat(bench.outcomes()).containsExactly(SlotOutcome.BY_HAND);
    assertThat(bench.schedule().enqueuing()).isEmpty();
  }

  @Test
  void aSlotWaitsForTheJobBeforeIt() {
    bench.schedules.define(
        ScheduleBench.every(Duration.ofSeconds(2)).overlap(Overlap.WAIT).build(), Schedules.API);
    RecurringJobEnqueuer scheduler = bench.scheduler();
    settle(scheduler);
    JobId first = bench.jobs().getFirst().id();
    bench.clock.advance(Duration.ofSeconds(2));
    settle(scheduler);
    assertThat(bench.jobs()).hasSize(1);
    assertThat(scheduler.pass()).isPositive();

    bench.end(first);
    bench.clock.advance(SECOND);
    settle(scheduler);

    assertThat(bench.jobs()).hasSize(2);
  }

  @Test
  void aSlotIsDroppedWhileTheJobBeforeItRuns() {
    bench.schedules.define(
        ScheduleBench.every(Duration.ofSeconds(2)).overlap(Overlap.SKIP).build(), Schedules.API);
    RecurringJobEnqueuer scheduler = bench.scheduler();
    settle(scheduler);
    bench.clock.advance(Duration.ofSeconds(2));
    settle(scheduler);
    bench.end(bench.jobs().getFirst().id());
    bench.clock.advance(Duration.ofSeconds(2));
    settle(scheduler);

    assertThat(bench.outcomes())
        .containsExactly(SlotOutcome.ENQUEUED, SlotOutcome.OVERLAPPED, SlotOutcome.ENQUEUED);
  }

  @Test
  void slotsThatNobodyMakesUpForAreTold() {
    bench.schedules.define(
        ScheduleBench.every(Duration.ofMinutes(5)).misfire(Misfire.SKIP).build(), Schedules.API);
    bench.clock.advance(Duration.ofMinutes(12));

    settle(bench.scheduler());

    assertThat(bench.events).containsExactly(new MaintenanceEvent.SlotsMissed("s", 3));
    Schedule schedule = bench.schedule();
    assertThat(schedule.missed(bench.clock.instant())).isPresent();
    assertThat(schedule.missed(bench.clock.instant().plus(Duration.ofDays(1)))).isPresent();
    bench.clock.advance(Duration.ofMinutes(3));
    settle(bench.scheduler());
    bench.clock.advance(Duration.ofMinutes(59));
    assertThat(bench.schedule().missed(bench.clock.instant())).isPresent();
    bench.clock.advance(Duration.ofMinutes(2));
    assertThat(bench.schedule().missed(bench.clock.instant())).isEmpty();
  }

  // BUG-16
  @Test
  void whatADeadSchedulerHasDecidedAnotherOneDoes() {
    bench.schedules.define(ScheduleBench.every(Duration.ofHours(1)).build(), Schedules.API);
    RecurringJobEnqueuer dying = bench.scheduler(dyingAfter(1), bench.clock);
    assertThatThrownBy(dying::pass).isInstanceOf(StoreUnavailableException.class);
    Schedule left = bench.schedule();
    assertThat(left.enqueuing()).hasSize(1);

    RecurringJobEnqueuer other = bench.scheduler();
    settle(other);
    assertThat(bench.schedule()).isEqualTo(left);
    bench.clock.advance(Schedule.TAKEN_OVER_AFTER);
    settle(other);

    assertThat(bench.jobs()).hasSize(1);
    assertThat(bench.schedule().enqueuing()).isEmpty();
    assertThat(bench.outcomes()).containsExactly(SlotOutcome.ENQUEUED);
  }

  @Test
  void schedulesThatWaitKeepNobodyElseWaiting() {
    for (int i = 0; i < 300; i++) {
      bench.schedules.define(
          ScheduleDefinition.builder("w" + i, "tests.Sample", new Every(SECOND))
              .overlap(Overlap.WAIT)
              .build(),
          Schedules.API);
    }
    RecurringJobEnqueuer scheduler = bench.scheduler();
    settle(scheduler);
    bench.clock.advance(Duration.ofSeconds(2));
    settle(scheduler);
    bench.schedules.define(
        ScheduleDefinition.builder("free", "tests.Other", new Every(Duration.ofHours(1))).build(),
        Schedules.API);

    for (int i = 0; i < 6; i++) {
      bench.clock.advance(SECOND);
      settle(scheduler);
    }

    assertThat(bench.jobs()).hasSize(301).extracting(Job::path).contains("tests.Other");
  }

  @Test
  void aDefinitionWhoseJobCannotBeStoredHoldsUpNobody() {
    bench.schedules.define(ScheduleBench.every(SECOND).build(), Schedules.API);
    Schedule good = bench.schedule();
    ScheduleDefinition wrong =
        ScheduleDefinition.builder("wrong", "no path", new Every(SECOND)).build();
    bench
        .store
        .schedules()
        .create(
            new Schedule(
                wrong,
                Schedules.API,
                good.anchor(),
                good.next(),
                null,
                null,
                List.of(),
                null,
                List.of(),
                List.of(),
                0));

    settle(bench.scheduler());

    assertThat(bench.jobs()).hasSize(1);
    assertThat(bench.events).contains(new MaintenanceEvent.SlotsMissed("wrong", 1));
    assertThat(bench.schedules.find("wrong").orElseThrow().history())
        .extracting(SlotRecord::outcome)
        .containsExactly(SlotOutcome.MISSED);
  }

  // SCH-14, SCH-15, BUG-48, SEED-41
  @Test
  void fiveSchedulersThatDieAnywhereMakeOneJobOfEachSlot() {
    Random random = new Random(7);
    Instant start = bench.clock.instant();
    bench.schedules.define(
        ScheduleBench.every(SECOND).misfire(Misfire.ALL).end(start.plusSeconds(999)).build(),
        Schedules.API);
    List<RecurringJobEnqueuer> five = new ArrayList<>();
    IntStream.range(0, 5).forEach(_ -> five.add(bench.scheduler()));
    int dead = 0;
    while (bench.clock.instant().isBefore(start.plusSeconds(999))) {
      bench.clock.advance(Duration.ofMillis(random.nextInt(400)));
      int which = random.nextInt(5);
      if (random.nextInt(4) == 0) {
        five.set(which, bench.scheduler(dyingAfter(random.nextInt(8)), bench.clock));
      }
      try {
        five.get(which).pass();
      } catch (StoreUnavailableException _) {
        dead++;
        five.set(which, bench.scheduler());
      }
    }
    RecurringJobEnqueuer last = bench.scheduler();
    while (bench.schedule().next() != null || bench.schedule().decided() != null) {
      bench.clock.advance(SECOND);
      settle(last);
    }

    assertThat(dead).isGreaterThan(100);
    assertThat(bench.jobs()).hasSize(1000);
    assertThat(bench.jobs())
        .extracting(Job::id)
        .containsExactlyInAnyOrderElementsOf(
            IntStream.range(0, 1000)
                .mapToObj(i -> SlotRecord.jobOf("s", start.plusSeconds(i)))
                .toList());
  }

  @Test
  void clocksThatAreAMinuteApartMakeNoDifference() {
    bench.schedules.define(
        ScheduleBench.every(Duration.ofMinutes(1)).misfire(Misfire.SKIP).build(), Schedules.API);
    RecurringJobEnqueuer ahead =
        bench.scheduler(bench.store.schedules(), () -> bench.clock.instant().plusSeconds(60));
    RecurringJobEnqueuer behind =
        bench.scheduler(bench.store.schedules(), () -> bench.clock.instant().minusSeconds(60));
    Instant start = bench.clock.instant();
    for (int i = 0; i < 20; i++) {
      settle(i % 2 == 0 ? ahead : behind);
      settle(i % 2 == 0 ? behind : ahead);
      bench.clock.advance(Duration.ofSeconds(30));
    }

    assertThat(bench.jobs())
        .extracting(Job::id)
        .containsExactlyInAnyOrderElementsOf(
            IntStream.range(0, 10)
                .mapToObj(i -> SlotRecord.jobOf("s", start.plusSeconds(60L * i)))
                .toList());
    assertThat(bench.jobs()).extracting(Job::datequeued).contains(start);
    assertThat(bench.outcomes()).containsOnly(SlotOutcome.ENQUEUED);
  }

  /** What an idle scheduler costs: see the page on recurring jobs. */
  @Test
  void anIdleSchedulerAsksRarely() {
    Map<String, Integer> calls = new TreeMap<>();
    ScheduleStore store = bench.store.schedules();
    ScheduleStore counted =
        (ScheduleStore)
            Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {ScheduleStore.class},
                (_, method, arguments) -> {
                  calls.merge(method.getName(), 1, Integer::sum);
                  return method.invoke(store, arguments);
                });
    bench.schedules.define(
        ScheduleBench.every(Duration.ofHours(1))
            .start(bench.clock.instant().plus(Duration.ofDays(1)))
            .build(),
        Schedules.API);
    RecurringJobEnqueuer scheduler = bench.scheduler(counted, bench.clock);
    Instant end = bench.clock.instant().plus(Duration.ofMinutes(10));
    while (bench.clock.instant().isBefore(end)) {
      bench.clock.advance(scheduler.pass());
    }

    assertThat(calls).isEqualTo(Map.of("due", 120, "now", 10));
  }

  /** The schedules as a process sees them that dies before one of its calls. */
  private ScheduleStore dyingAfter(int calls) {
    AtomicInteger left = new AtomicInteger(calls + 2);
    ScheduleStore store = bench.store.schedules();
    return (ScheduleStore)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {ScheduleStore.class},
            (_, method, arguments) -> {
              if (left.getAndDecrement() <= 0) {
                throw new StoreUnavailableException("the process is dead", null);
              }
              try {
                return method.invoke(store, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }
}
