package io.mrq.api.overview;

import io.mrq.api.failure.FailureOrder;
import io.mrq.api.failure.FailureReport;
import io.mrq.api.failure.FailureReports;
import io.mrq.api.load.SharedAnswers;
import io.mrq.dispatch.DispatchIndex;
import io.mrq.query.QueryTooSlowException;
import io.mrq.queue.ParkedTasks;
import io.mrq.queue.QueuePauses;
import io.mrq.schedule.Schedule;
import io.mrq.schedule.ScheduleStore;
import io.mrq.stats.JobRates;
import io.mrq.stats.QueueStats;
import io.mrq.store.StoreUnavailableException;
import io.mrq.task.SharedTasks;
import io.mrq.worker.WorkerStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Computes the current overview, at most once a second and only when it is asked for. */
@Component
class Overviews {
  private static final int MAX_GROUPS = 100;
  private static final Duration FAILURES_PAUSE = Duration.ofMinutes(1);
  private static final Duration SCHEDULES_PERIOD = Duration.ofSeconds(5);
  private static final int MAX_SCHEDULES = 1000;
  private static final JsonMapper JSON = new JsonMapper();

  private final QueueStats stats;
  private final JobRates rates;
  private final WorkerStore workers;
  private final QueuePauses pauses;
  private final ScheduleStore schedules;
  private final ParkedTasks parked;
  private final SharedTasks tasks;
  private final DispatchIndex index;
  private final FailureReports failures;
  private final InstantSource clock = InstantSource.system();
  private final SharedAnswers<String, Computed> answers = new SharedAnswers<>();
  private volatile Shown shownSchedules = new Shown(Instant.MIN, List.of());
  private volatile Instant failuresAgain = Instant.MIN;

  /**
   * An overview.
   *
   * @param text the JSON in one line
   */
  record Computed(Map<String, @Nullable Object> json, String text) {}

  Overviews(
      QueueStats stats,
      JobRates rates,
      WorkerStore workers,
      QueuePauses pauses,
      ScheduleStore schedules,
      ParkedTasks parked,
      SharedTasks tasks,
      DispatchIndex index,
      FailureReports failures) {
    this.stats = stats;
    this.rates = rates;
    this.workers = workers;
    this.pauses = pauses;
    this.schedules = schedules;
    this.parked = parked;
    this.tasks = tasks;
    this.index = index;
    this.failures = failures;
  }

  Computed now() {
    return answers.get("overview", this::compute);
  }

  private Computed compute() {
    Instant now = clock.instant();
    Situation situation =
        new Situation(
            now,
            stats.sample(now).orElse(null),
            rates.totals(Overview.firstPeriod(now)),
            workers.summaries(WorkerStore.MAX_LISTED),
            pauses.pauses(),
            schedules(now),
            parked.notes(),
            tasks.releases(),
            index.isAvailable());
    Map<String, @Nullable Object> json = new Overview(situation, failures(now)).json();
    return new Computed(json, JSON.writeValueAsString(json));
  }

  /** They change rarely, and their documents may be large. */
  private List<Schedule> schedules(Instant now) {
    Shown shown = shownSchedules;
    if (shown.at().isBefore(now.minus(SCHEDULES_PERIOD))) {
      shown = new Shown(now, schedules.list(null, MAX_SCHEDULES));
      shownSchedules = shown;
    }
    return shown.schedules();
  }

  private record Shown(Instant at, List<Schedule> schedules) {}

  /** When the groups take too long, the overview is shown without them for a while. */
  private @Nullable FailureReport failures(Instant now) {
    if (now.isBefore(failuresAgain)) {
      return null;
    }
    try {
      return failures.of(FailureReports.FAILED, FailureOrder.COUNT, MAX_GROUPS);
    } catch (QueryTooSlowException | StoreUnavailableException e) {
      failuresAgain = now.plus(FAILURES_PAUSE);
      return null;
    }
  }
}
