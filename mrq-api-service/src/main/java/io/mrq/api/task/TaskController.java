package io.mrq.api.task;

import io.mrq.api.problem.Problem;
import io.mrq.api.problem.ProblemException;
import io.mrq.api.problem.ProblemType;
import io.mrq.api.request.QueryParams;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Shows the tasks that workers know. */
@RestController
@RequestMapping(path = "/api/v1/tasks", produces = MediaType.APPLICATION_JSON_VALUE)
class TaskController {
  private final KnownTasks tasks;
  private final InstantSource clock = InstantSource.system();

  TaskController(KnownTasks tasks) {
    this.tasks = tasks;
  }

  @GetMapping
  Map<String, List<Map<String, @Nullable Object>>> list(HttpServletRequest request) {
    QueryParams.of(request);
    return Map.of("items", tasks.all(clock.instant()).stream().map(KnownTask::summary).toList());
  }

  @GetMapping("/{path}")
  Map<String, @Nullable Object> find(@PathVariable String path, HttpServletRequest request) {
    QueryParams.of(request);
    Instant now = clock.instant();
    return tasks.find(path, now).map(task -> task.whole(now)).orElseThrow(() -> unknown(path));
  }

  static ProblemException unknown(String path) {
    return new ProblemException(
        Problem.of(
            ProblemType.TASK_NOT_FOUND,
            "No worker has published a task '%s', and no settings are stored for it."
                .formatted(path)));
  }
}
