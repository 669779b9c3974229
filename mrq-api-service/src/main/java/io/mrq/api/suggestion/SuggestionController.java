package io.mrq.api.suggestion;

import io.mrq.api.failure.FailureOrder;
import io.mrq.api.failure.FailureReports;
import io.mrq.api.request.QueryParams;
import io.mrq.job.JobStatus;
import io.mrq.query.JobQueries;
import io.mrq.worker.WorkerStore;
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

/** Suggests values for a filter that begin with the text typed so far. */
@RestController
@RequestMapping(path = "/api/v1/suggestions", produces = MediaType.APPLICATION_JSON_VALUE)
class SuggestionController {
  private static final int MAX_ITEMS = 50;

  /** Exception types are taken from this many groups of failures, the largest ones. */
  private static final int MAX_GROUPS = 500;

  private final JobQueries jobs;
  private final WorkerStore workers;
  private final FailureReports failures;

  SuggestionController(JobQueries jobs, WorkerStore workers, FailureReports failures) {
    this.jobs = jobs;
    this.workers = workers;
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
          case "queue" -> jobs.queues(prefix, MAX_ITEMS).stream().map(SuggestionController::item);
          case "path" -> jobs.paths(prefix, MAX_ITEMS).stream().map(SuggestionController::item);
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
    return Map.of("items", items.limit(MAX_ITEMS).toList());
  }

  private static Predicate<String> begins(String prefix) {
    return text -> text.startsWith(prefix);
  }

  private Stream<String> exceptionTypes() {
    return failures.of(FailureReports.FAILED, FailureOrder.COUNT, MAX_GROUPS).items().stream()
        .map(item -> item.group().exceptiontype())
        .distinct()
        .sorted();
  }

  /** Workers match by id or by name. */
  private Stream<Map<String, String>> workers(String prefix) {
    return workers.documents(WorkerStore.MAX_LISTED).stream()
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
