package io.mrq.api.suggestion;

import io.mrq.api.failure.FailureOrder;
import io.mrq.api.failure.FailureReports;
import io.mrq.api.request.QueryParams;
import io.mrq.client.JobInspector;
import io.mrq.job.JobStatus;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Suggests values for a filter that begin with what was typed so far. */
@RestController
@RequestMapping(path = "/api/v1/suggestions", produces = MediaType.APPLICATION_JSON_VALUE)
class SuggestionController {
  private static final int LIMIT = 50;

  /** More groups than anybody looks at; their exception types are the ones worth a suggestion. */
  private static final int GROUPS = 500;

  private final JobInspector inspector;
  private final FailureReports failures;

  SuggestionController(JobInspector inspector, FailureReports failures) {
    this.inspector = inspector;
    this.failures = failures;
  }

  @GetMapping
  Map<String, List<Map<String, String>>> list(HttpServletRequest request) {
    QueryParams query = QueryParams.of(request, "field", "prefix");
    String field =
        query.one("field").orElseThrow(() -> QueryParams.refused("field", "is required"));
    String prefix = query.one("prefix").orElse("");
    Stream<Map<String, String>> items =
        switch (field) {
          case "queue" ->
              inspector.queueNames(prefix, LIMIT).stream().map(SuggestionController::item);
          case "path" -> inspector.paths(prefix, LIMIT).stream().map(SuggestionController::item);
          case "exceptiontype" ->
              exceptionTypes().filter(begins(prefix)).map(SuggestionController::item);
          case "status" ->
              Arrays.stream(JobStatus.values())
                  .map(JobStatus::text)
                  .filter(begins(prefix))
                  .map(SuggestionController::item);
          case "worker" -> workers(prefix);
          default ->
              throw QueryParams.refused(
                  "field", "must be queue, path, exceptiontype, worker or status");
        };
    return Map.of("items", items.limit(LIMIT).toList());
  }

  private static Predicate<String> begins(String prefix) {
    return text -> text.startsWith(prefix);
  }

  private Stream<String> exceptionTypes() {
    return failures.of(FailureReports.FAILED, FailureOrder.COUNT, GROUPS).items().stream()
        .map(item -> item.group().exceptiontype())
        .distinct()
        .sorted();
  }

  /** A worker is known by its id, and to people by its name. */
  private Stream<Map<String, String>> workers(String prefix) {
    return inspector.workers().stream()
        .filter(worker ->
            String.valueOf(worker.get("id")).startsWith(prefix)
                || String.valueOf(worker.get("name")).startsWith(prefix))
        .map(worker -> {
          Map<String, String> item = item(String.valueOf(worker.get("id")));
          if (worker.get("name") instanceof String name) {
            item.put("label", name);
          }
          return item;
        });
  }

  private static Map<String, String> item(String value) {
    Map<String, String> item = new LinkedHashMap<>();
    item.put("value", value);
    return item;
  }
}
