package io.mrq.api.schedule;

import io.mrq.api.audit.Audit;
import io.mrq.api.audit.AuditedAction;
import io.mrq.api.request.JsonFields;
import io.mrq.api.request.NoBody;
import io.mrq.api.request.QueryParams;
import io.mrq.schedule.Schedule;
import io.mrq.schedule.Schedules;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Pauses, resumes and runs schedules, whoever has defined them. */
@RestController
@RequestMapping(path = "/api/v1/schedules/{name}", produces = MediaType.APPLICATION_JSON_VALUE)
class ScheduleActionController {
  private static final int MAX_REASON = 500;

  private final Schedules schedules;
  private final ScheduleJson json;
  private final Audit audit;
  private final InstantSource clock = InstantSource.system();

  ScheduleActionController(Schedules schedules, ScheduleJson json, Audit audit) {
    this.schedules = schedules;
    this.json = json;
    this.audit = audit;
  }

  @PostMapping(path = "/pause", consumes = MediaType.APPLICATION_JSON_VALUE)
  Map<String, @Nullable Object> pause(@PathVariable String name, HttpServletRequest request)
      throws IOException {
    QueryParams.of(request);
    JsonFields body = JsonFields.of(request, "reason");
    String reason = body.textOrEmpty("reason");
    if (reason.length() > MAX_REASON) {
      throw body.refused("reason", "must have at most %d characters".formatted(MAX_REASON));
    }
    return change(
        name,
        request,
        AuditedAction.of("schedule.pause").on(name).detailed(reason),
        () -> schedules.pause(name, Audit.who(request), reason));
  }

  @PostMapping("/resume")
  Map<String, @Nullable Object> resume(@PathVariable String name, HttpServletRequest request)
      throws IOException {
    withoutBody(request);
    return change(
        name, request, AuditedAction.of("schedule.resume").on(name), () -> schedules.resume(name));
  }

  @PostMapping("/skip-next")
  Map<String, @Nullable Object> skipNext(@PathVariable String name, HttpServletRequest request)
      throws IOException {
    withoutBody(request);
    return change(
        name,
        request,
        AuditedAction.of("schedule.skip-next").on(name),
        () -> schedules.skipNext(name, Audit.who(request)));
  }

  @PostMapping("/run")
  Map<String, Object> run(@PathVariable String name, HttpServletRequest request)
      throws IOException {
    withoutBody(request);
    return audit.change(
        request,
        AuditedAction.of("schedule.run").on(name),
        () -> {
          Map<String, Object> answer = new LinkedHashMap<>();
          answer.put("name", name);
          answer.put(
              "job",
              schedules
                  .run(name, Audit.who(request))
                  .orElseThrow(() -> ScheduleProblems.unknown(name))
                  .hex());
          return answer;
        });
  }

  private static void withoutBody(HttpServletRequest request) throws IOException {
    QueryParams.of(request);
    NoBody.require(request, "the name of the schedule is in the address");
  }

  private Map<String, @Nullable Object> change(
      String name,
      HttpServletRequest request,
      AuditedAction action,
      Supplier<Optional<Schedule>> work) {
    Schedule changed =
        audit.change(
            request, action, () -> work.get().orElseThrow(() -> ScheduleProblems.unknown(name)));
    return json.of(changed, clock.instant());
  }
}
