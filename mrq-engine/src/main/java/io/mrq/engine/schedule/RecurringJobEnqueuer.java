package io.mrq.engine.schedule;

import io.mrq.client.InvalidBatchException;
import io.mrq.engine.maintenance.IndependentSteps;
import io.mrq.engine.maintenance.MaintenanceDuty;
import io.mrq.engine.maintenance.MaintenanceEvent;
import io.mrq.engine.maintenance.MaintenanceEvents;
import io.mrq.job.JobId;
import io.mrq.schedule.Overlap;
import io.mrq.schedule.Schedule;
import io.mrq.schedule.ScheduleEnqueuer;
import io.mrq.schedule.ScheduleStore;
import io.mrq.schedule.SlotTimes;
import io.mrq.store.JobStore;
import io.mrq.store.NotStorableException;
import io.mrq.store.RunState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Enqueues the jobs of schedules when their slots are due.
 *
 * <p>It reads the schedules that are due soon every few seconds, and waits for the first of them.
 * For those that are due it stores a decision, each only if the schedule has not changed since it
 * was read; so of many schedulers one decides. Then it enqueues the jobs under ids that belong to
 * their slots, and notes that this is done. What another scheduler has decided and not done within
 * a few seconds it does, too.
 */
public final class RecurringJobEnqueuer implements MaintenanceDuty {
  /** How long after its definition a schedule is found at the latest. */
  static final Duration READ_EVERY = Duration.ofSeconds(5);

  private static final Logger log = LoggerFactory.getLogger(RecurringJobEnqueuer.class);

  private static final Duration MIN_WAIT = Duration.ofMillis(5);

  /** The longest wait while more may be due than was read. */
  private static final Duration FULL_WAIT = Duration.ofMillis(200);

  /** How old what was read may be: jobs that have ended may be deleted after a while. */
  private static final Duration MAX_AGE = Duration.ofSeconds(10);

  /** When slots that cannot be computed are tried again: another scheduler may know how. */
  private static final Duration LOOK_AGAIN = Duration.ofSeconds(10);

  private static final int LIMIT = 200;

  private final ScheduleStore store;
  private final JobStore jobs;
  private final ScheduleEnqueuer enqueuer;
  private final SlotTimes times;
  private final MaintenanceEvents events;
  private final StoreClock clock;
  private final LongSupplier nanos;

  private List<Schedule> soon = List.of();
  private boolean hasRead;
  private long readAt;

  /**
   * Joins the parts.
   *
   * @param jobs tells whether earlier jobs have ended
   * @param nanos a clock that never jumps, such as {@code System::nanoTime}
   */
  public RecurringJobEnqueuer(
      ScheduleStore store,
      JobStore jobs,
      ScheduleEnqueuer enqueuer,
      SlotTimes times,
      MaintenanceEvents events,
      LongSupplier nanos) {
    this.store = store;
    this.jobs = jobs;
    this.enqueuer = enqueuer;
    this.times = times;
    this.events = events;
    this.clock = new StoreClock(store, nanos);
    this.nanos = nanos;
  }

  @Override
  public String name() {
    return "recurring-jobs";
  }

  @Override
  public Duration pass() {
    Instant now = clock.now();
    if (!hasRead || age().compareTo(READ_EVERY) >= 0) {
      read(now);
    }
    List<Schedule> due = soon.stream().filter(schedule -> isDue(schedule, now)).toList();
    if (due.isEmpty()) {
      return untilNext(now);
    }
    hasRead = false;
    List<Runnable> steps = List.of(() -> takeOver(due, now), () -> decide(due, now));
    IndependentSteps.each(steps, Runnable::run);
    return Duration.ZERO;
  }

  private void read(Instant now) {
    readAt = nanos.getAsLong();
    soon = store.due(now.plus(READ_EVERY), LIMIT);
    hasRead = true;
  }

  private Duration age() {
    return Duration.ofNanos(nanos.getAsLong() - readAt);
  }

  private static boolean isDue(Schedule schedule, Instant now) {
    Instant wake = schedule.wake();
    return wake != null && !wake.isAfter(now);
  }

  private Duration untilNext(Instant now) {
    Duration wait = READ_EVERY.minus(age());
    if (soon.size() >= LIMIT) {
      hasRead = false;
      wait = FULL_WAIT;
    }
    for (Schedule schedule : soon) {
      Instant wake = schedule.wake();
      Duration left = wake == null ? wait : Duration.between(now, wake);
      wait = left.compareTo(wait) < 0 ? left : wait;
    }
    return wait.compareTo(MIN_WAIT) < 0 ? MIN_WAIT : wait;
  }

  /** Enqueues what others have decided, and perhaps could not do. */
  private void takeOver(List<Schedule> due, Instant now) {
    carryOut(due.stream().filter(schedule -> schedule.decided() != null).toList(), now);
  }

  private void decide(List<Schedule> due, Instant now) {
    List<Schedule> open = due.stream().filter(schedule -> schedule.decided() == null).toList();
    Set<JobId> unfinished = unfinished(open);
    Map<String, SlotDecision.Decided> decisions = new LinkedHashMap<>();
    for (Schedule schedule : open) {
      List<JobId> busy = schedule.open().stream().filter(unfinished::contains).toList();
      decisions.put(schedule.name(), decision(schedule, busy, now));
    }
    // The write that wins is as good as a read.
    readAt = nanos.getAsLong();
    Set<String> won =
        store.replace(decisions.values().stream().map(SlotDecision.Decided::schedule).toList());
    List<SlotDecision.Decided> ours =
        won.stream().map(name -> Objects.requireNonNull(decisions.get(name))).toList();
    ours.forEach(this::tellOfMissed);
    carryOut(
        ours.stream()
            .filter(decided -> !decided.slots().isEmpty())
            .map(decided -> decided.schedule().stored())
            .toList(),
        now);
    ours.forEach(decided -> tellOfEnqueued(decided, now));
  }

  /** One whose slots nobody can compute must not hold up the others either. */
  private SlotDecision.Decided decision(Schedule schedule, List<JobId> busy, Instant now) {
    try {
      return SlotDecision.of(schedule, times, busy, now);
    } catch (RuntimeException e) {
      log.warn(
          "The slots of the schedule '{}' cannot be computed, so it has no jobs: {}. Correct the definition.",
          schedule.name(),
          e.toString());
      Schedule later =
          schedule.decided(List.of(), schedule.next(), now.plus(LOOK_AGAIN), schedule.open(), now);
      return new SlotDecision.Decided(later, List.of(), 0);
    }
  }

  /** Only policies that ask for the end of earlier jobs cost a look at them. */
  private Set<JobId> unfinished(Collection<Schedule> schedules) {
    List<JobId> open = new ArrayList<>();
    for (Schedule schedule : schedules) {
      if (schedule.definition().overlap() != Overlap.ALLOW) {
        open.addAll(schedule.open());
      }
    }
    Map<JobId, RunState> states = jobs.states(open);
    return open.stream()
        .filter(id -> {
          RunState state = states.get(id);
          return state != null && !state.status().isFinal();
        })
        .collect(Collectors.toSet());
  }

  private void carryOut(List<Schedule> schedules, Instant now) {
    // After a standstill the jobs may have run and been deleted: another scheduler goes on.
    if (schedules.isEmpty() || age().compareTo(MAX_AGE) > 0) {
      return;
    }
    try {
      enqueuer.carryOut(schedules, now);
    } catch (InvalidBatchException | NotStorableException e) {
      oneByOne(schedules, now);
    }
  }

  /** One whose job nobody can store must not hold up the others for ever. */
  private void oneByOne(List<Schedule> schedules, Instant now) {
    for (Schedule schedule : schedules) {
      try {
        enqueuer.carryOut(List.of(schedule), now);
      } catch (InvalidBatchException | NotStorableException e) {
        log.warn(
            "The job of the schedule '{}' cannot be stored, so its slot is missed: {}. Correct the definition.",
            schedule.name(),
            e.getMessage());
        store.replace(List.of(schedule.notCarriedOut()));
        events.on(new MaintenanceEvent.SlotsMissed(schedule.name(), schedule.enqueuing().size()));
      }
    }
  }

  private void tellOfMissed(SlotDecision.Decided decided) {
    if (decided.missed() > 0) {
      events.on(new MaintenanceEvent.SlotsMissed(decided.schedule().name(), decided.missed()));
    }
  }

  private void tellOfEnqueued(SlotDecision.Decided decided, Instant now) {
    Schedule schedule = decided.schedule();
    decided
        .slots()
        .forEach(slot ->
            events.on(
                new MaintenanceEvent.SlotEnqueued(
                    schedule.name(), Duration.between(schedule.due(slot.slot()), now))));
  }
}
