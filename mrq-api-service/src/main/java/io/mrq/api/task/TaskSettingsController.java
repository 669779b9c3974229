package io.mrq.api.task;

import io.mrq.api.audit.Audit;
import io.mrq.api.audit.AuditedAction;
import io.mrq.api.problem.Problem;
import io.mrq.api.problem.ProblemException;
import io.mrq.api.problem.ProblemType;
import io.mrq.api.request.JsonFields;
import io.mrq.api.request.QueryParams;
import io.mrq.task.SharedTasks;
import io.mrq.task.TaskPath;
import io.mrq.task.TaskSetting;
import io.mrq.task.TaskStore;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Overrides settings of a task while everything runs. */
@RestController
@RequestMapping(
    path = "/api/v1/tasks",
    consumes = MediaType.APPLICATION_JSON_VALUE,
    produces = MediaType.APPLICATION_JSON_VALUE)
class TaskSettingsController {
  private static final String[] SETTINGS =
      Arrays.stream(TaskSetting.values()).map(TaskSetting::text).toArray(String[]::new);

  private final KnownTasks tasks;
  private final SharedTasks shared;
  private final TaskStore store;
  private final Audit audit;
  private final InstantSource clock = InstantSource.system();

  TaskSettingsController(KnownTasks tasks, SharedTasks shared, TaskStore store, Audit audit) {
    this.tasks = tasks;
    this.shared = shared;
    this.store = store;
    this.audit = audit;
  }

  /** What a request changes. */
  private record Change(Map<TaskSetting, Object> set, List<TaskSetting> reset) {
    String text() {
      List<String> parts = new ArrayList<>();
      set.forEach((setting, value) -> parts.add(setting.text() + "=" + value));
      reset.forEach(setting -> parts.add(setting.text() + " reset"));
      return String.join(", ", parts);
    }
  }

  @PatchMapping("/{path}")
  Map<String, @Nullable Object> override(@PathVariable String path, HttpServletRequest request)
      throws IOException {
    QueryParams.of(request);
    if (!TaskPath.isLegal(path)) {
      throw QueryParams.refused("path", TaskPath.RULE);
    }
    Change change = change(JsonFields.of(request, SETTINGS).all());
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    return audit.change(
        request,
        AuditedAction.of("task.override").on(path).detailed(change.text()),
        () -> {
          store.override(path, change.set, change.reset, Audit.who(request), now);
          shared.renew();
          return tasks
              .find(path, now)
              .map(task -> task.whole(now))
              .orElseThrow(() -> TaskController.unknown(path));
        });
  }

  private static Change change(Map<?, ?> fields) {
    Map<TaskSetting, Object> set = new EnumMap<>(TaskSetting.class);
    List<TaskSetting> reset = new ArrayList<>();
    fields.forEach((name, value) -> {
      TaskSetting setting = TaskSetting.ofText(String.valueOf(name)).orElseThrow();
      if (value == null) {
        reset.add(setting);
      } else {
        set.put(setting, checked(setting, value));
      }
    });
    if (set.isEmpty() && reset.isEmpty()) {
      throw new ProblemException(
          Problem.of(
              ProblemType.BAD_REQUEST,
              "The body names no setting; the settings are %s."
                  .formatted(String.join(", ", SETTINGS))));
    }
    return new Change(set, reset);
  }

  private static Object checked(TaskSetting setting, Object value) {
    try {
      return setting.checked(value);
    } catch (IllegalArgumentException e) {
      throw QueryParams.refused(setting.text(), String.valueOf(e.getMessage()));
    }
  }
}
