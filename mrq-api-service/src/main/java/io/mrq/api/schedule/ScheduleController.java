package io.mrq.api.schedule;

import io.mrq.api.audit.Audit;
import io.mrq.api.audit.AuditedAction;
import io.mrq.api.request.JsonFields;
import io.mrq.api.request.NoBody;
import io.mrq.api.request.QueryParams;
import io.mrq.schedule.Schedule;
import io.mrq.schedule.ScheduleDefinition;
import io.mrq.schedule.ScheduleFields;
import io.mrq.schedule.Schedules;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Shows, defines and deletes schedules. */
@RestController
@RequestMapping(path = "/api/v1/schedules", produces = MediaType.APPLICATION_JSON_VALUE)
class ScheduleController {
  private static final int MAX_LIMIT = 200;
  private static final String PAUSED = "paused";

  private final Schedules schedules;
  private final ScheduleJson json;
  private final Audit audit;
  private final InstantSource clock = InstantSource.system();

  ScheduleController(Schedules schedules, ScheduleJson json, Audit audit) {
    this.schedules = schedules;
    this.json = json;
    this.audit = audit;
  }

  @GetMapping
  Map<String, @Nullable Object> list(HttpServletRequest request) {
    QueryParams params = QueryParams.of(request, "after", "limit");
    int limit = params.number("limit", 100, 1, MAX_LIMIT);
    List<Schedule> found = schedules.list(params.one("after").orElse(null), limit + 1);
    List<Schedule> page = found.stream().limit(limit).toList();
    Map<String, @Nullable Object> answer = new LinkedHashMap<>();
    answer.put("items", json.of(page, clock.instant()));
    answer.put("next", found.size() > limit ? page.getLast().name() : null);
    return answer;
  }

  @GetMapping("/{name}")
  Map<String, @Nullable Object> find(@PathVariable String name, HttpServletRequest request) {
    QueryParams.of(request);
    return schedules
        .find(name)
        .map(schedule -> json.of(schedule, clock.instant()))
        .orElseThrow(() -> ScheduleProblems.unknown(name));
  }

  @PutMapping(path = "/{name}", consumes = MediaType.APPLICATION_JSON_VALUE)
  ResponseEntity<Map<String, @Nullable Object>> define(
      @PathVariable String name, HttpServletRequest request) throws IOException {
    QueryParams.of(request);
    JsonFields body =
        JsonFields.of(
            request,
            Stream.concat(ScheduleFields.NAMES.stream(), Stream.of(PAUSED)).toArray(String[]::new));
    Map<String, @Nullable Object> fields = ScheduleBody.fields(body);
    Object paused = fields.remove(PAUSED);
    if (paused != null && !(paused instanceof Boolean)) {
      throw body.refused(PAUSED, "must be true or false");
    }
    ScheduleDefinition definition =
        ScheduleProblems.translated(() -> {
          ScheduleDefinition read = ScheduleFields.read(name, fields);
          schedules.check(read);
          return read;
        });
    return audit.change(
        request,
        AuditedAction.of("schedule.define").on(name),
        () -> {
          Schedules.Defined defined =
              ScheduleProblems.translated(() -> schedules.define(definition, Schedules.API));
          Schedule now = paused(defined.schedule(), (Boolean) paused, request);
          return ResponseEntity.status(defined.created() ? HttpStatus.CREATED : HttpStatus.OK)
              .body(json.of(now, clock.instant()));
        });
  }

  private Schedule paused(Schedule schedule, @Nullable Boolean paused, HttpServletRequest request) {
    if (paused == null) {
      return schedule;
    }
    Optional<Schedule> changed =
        paused
            ? schedules.pause(schedule.name(), Audit.who(request), "")
            : schedules.resume(schedule.name());
    return changed.orElseThrow(() -> ScheduleProblems.unknown(schedule.name()));
  }

  @DeleteMapping("/{name}")
  Map<String, Object> delete(@PathVariable String name, HttpServletRequest request)
      throws IOException {
    QueryParams.of(request);
    NoBody.require(request, "the name of the schedule is in the address");
    return audit.change(
        request,
        AuditedAction.of("schedule.delete").on(name),
        () -> {
          if (!ScheduleProblems.translated(() -> schedules.delete(name, Schedules.API))) {
            throw ScheduleProblems.unknown(name);
          }
          Map<String, Object> answer = new LinkedHashMap<>();
          answer.put("name", name);
          answer.put("deleted", true);
          return answer;
        });
  }
}
