package io.mrq.api.schedule;

import io.mrq.api.json.JsonValues;
import io.mrq.job.JobId;
import io.mrq.schedule.Schedule;
import io.mrq.schedule.ScheduleFields;
import io.mrq.schedule.SchedulePause;
import io.mrq.schedule.SlotOutcome;
import io.mrq.schedule.SlotRecord;
import io.mrq.store.JobStore;
import io.mrq.store.RunState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Schedules as JSON, with what has become of the jobs of their last slots. */
@Component
class ScheduleJson {
  private final JobStore jobs;

  ScheduleJson(JobStore jobs) {
    this.jobs = jobs;
  }

  Map<String, @Nullable Object> of(Schedule schedule, Instant now) {
    return of(List.of(schedule), now).getFirst();
  }

  /** Many schedules; the states of all their jobs are read in one round trip. */
  List<Map<String, @Nullable Object>> of(List<Schedule> schedules, Instant now) {
    List<JobId> ids =
        schedules.stream()
            .flatMap(schedule -> schedule.history().stream())
            .flatMap(slot -> Stream.ofNullable(slot.job()))
            .toList();
    Map<JobId, RunState> states = jobs.states(ids);
    List<Map<String, @Nullable Object>> all = new ArrayList<>();
    schedules.forEach(schedule -> all.add(json(schedule, states, now)));
    return all;
  }

  private static Map<String, @Nullable Object> json(
      Schedule schedule, Map<JobId, RunState> states, Instant now) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("name", schedule.name());
    json.putAll(JsonValues.object(ScheduleFields.of(schedule.definition())));
    json.put("owner", schedule.owner());
    json.put("paused", schedule.pause() != null);
    if (schedule.pause() != null) {
      json.put("pause", json(schedule.pause()));
    }
    Instant next = schedule.next();
    json.put("next", next == null ? null : JsonValues.date(next));
    json.put("waiting", schedule.waiting() != null);
    json.put("overdue", schedule.isOverdue(now));
    schedule.missed(now).ifPresent(slot -> json.put("missed", JsonValues.date(slot.slot())));
    json.put(
        "history", schedule.history().stream().map(slot -> json(schedule, slot, states)).toList());
    return json;
  }

  private static Map<String, Object> json(SchedulePause pause) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("who", pause.who());
    json.put("why", pause.why());
    json.put("at", JsonValues.date(pause.at()));
    return json;
  }

  private static Map<String, @Nullable Object> json(
      Schedule schedule, SlotRecord slot, Map<JobId, RunState> states) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("slot", JsonValues.date(slot.slot()));
    json.put("outcome", slot.outcome().text());
    json.put("at", JsonValues.date(slot.at()));
    if (slot.outcome() == SlotOutcome.ENQUEUED) {
      Duration late = Duration.between(schedule.due(slot.slot()), slot.at());
      json.put("late", JsonValues.seconds(late.isNegative() ? Duration.ZERO : late));
    }
    JobId job = slot.job();
    if (job != null) {
      RunState state = states.get(job);
      json.put("job", job.hex());
      // A job that has ended is deleted after a while.
      json.put("status", state == null ? null : state.status().text());
    }
    json.put("who", slot.who());
    json.values().removeIf(Objects::isNull);
    return json;
  }
}
