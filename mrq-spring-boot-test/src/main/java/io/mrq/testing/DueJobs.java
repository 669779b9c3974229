package io.mrq.testing;

import io.mrq.dispatch.JobDispatcher;
import io.mrq.engine.maintenance.MaintenanceDuty;
import io.mrq.engine.maintenance.MaintenanceEvents;
import io.mrq.engine.recovery.DueJobRequeuer;
import io.mrq.engine.schedule.RecurringJobEnqueuer;
import io.mrq.recovery.RecoveryStore;
import io.mrq.schedule.ScheduleEnqueuer;
import io.mrq.schedule.ScheduleStore;
import io.mrq.schedule.SlotTimes;
import io.mrq.store.JobStore;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/** Does what a scheduler does for jobs that wait for a date, when the test says so. */
final class DueJobs {
  private static final int SCHEDULES = 1_000;

  private final RecoveryStore recovery;
  private final JobDispatcher dispatcher;
  private final ScheduleStore schedules;
  private final JobStore jobs;
  private final ScheduleEnqueuer enqueuer;
  private final SlotTimes times;
  private final TestClock clock;

  DueJobs(
      RecoveryStore recovery,
      JobDispatcher dispatcher,
      ScheduleStore schedules,
      JobStore jobs,
      ScheduleEnqueuer enqueuer,
      SlotTimes times,
      TestClock clock) {
    this.recovery = recovery;
    this.dispatcher = dispatcher;
    this.schedules = schedules;
    this.jobs = jobs;
    this.enqueuer = enqueuer;
    this.times = times;
    this.clock = clock;
  }

  /** Queues retries and delayed jobs that are due, and enqueues the jobs of slots that are due. */
  void queue() {
    untilNothingIsLeft(new DueJobRequeuer(recovery, dispatcher, clock));
    // A new one each time, since it remembers for some seconds which schedules there are.
    untilNothingIsLeft(
        new RecurringJobEnqueuer(
            schedules, jobs, enqueuer, times, MaintenanceEvents.NONE, clock::nanos));
  }

  private static void untilNothingIsLeft(MaintenanceDuty duty) {
    while (duty.pass().isZero()) {
      // There is more to do.
    }
  }

  /** When the next retry, delayed job or slot is due, after now and at the latest then. */
  Optional<Instant> nextUntil(Instant latest) {
    Instant now = clock.instant();
    Stream<Instant> slots =
        schedules.due(latest, SCHEDULES).stream()
            .flatMap(schedule -> Optional.ofNullable(schedule.wake()).stream());
    return Stream.concat(recovery.nextDue().stream(), slots)
        .filter(moment -> moment.isAfter(now) && !moment.isAfter(latest))
        .min(Instant::compareTo);
  }

  /** When the next retry or delayed job is due. */
  Optional<Instant> nextRetry() {
    return recovery.nextDue();
  }
}
