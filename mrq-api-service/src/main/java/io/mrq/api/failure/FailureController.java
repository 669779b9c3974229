package io.mrq.api.failure;

import io.mrq.api.job.FilterParams;
import io.mrq.api.json.JsonValues;
import io.mrq.api.request.QueryParams;
import io.mrq.failure.FailureGroup;
import io.mrq.job.Fingerprint;
import io.mrq.job.JobStatus;
import io.mrq.query.JobFilter;
import jakarta.servlet.http.HttpServletRequest;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Lists failed jobs in groups by task, exception type and fingerprint, the largest group first. */
@RestController
@RequestMapping(path = "/api/v1/exceptions", produces = MediaType.APPLICATION_JSON_VALUE)
class FailureController {
  private static final int DEFAULT_LIMIT = 50;
  private static final int MAX_LIMIT = FailureReports.MAX_GROUPS;

  private final FailureReports reports;

  FailureController(FailureReports reports) {
    this.reports = reports;
  }

  @GetMapping
  Map<String, @Nullable Object> list(HttpServletRequest request) {
    QueryParams query =
        QueryParams.of(request, "status", "path", "exceptiontype", "queue", "sort", "limit");
    JobFilter asked = FilterParams.of(query);
    JobFilter filter =
        asked.statuses().isEmpty() ? asked.statuses(FailureReports.FAILED.statuses()) : asked;
    FailureReport report =
        reports.of(filter, order(query), query.number("limit", DEFAULT_LIMIT, 1, MAX_LIMIT));
    Map<String, @Nullable Object> answer = new LinkedHashMap<>();
    answer.put("at", JsonValues.date(report.at()));
    answer.put("items", report.items().stream().map(FailureController::json).toList());
    answer.put("more", report.more());
    answer.put("jobs", report.totals().jobs());
    answer.put("groups", report.totals().groups());
    answer.put("uncounted", report.totals().more());
    return answer;
  }

  private static FailureOrder order(QueryParams query) {
    return query
        .one("sort")
        .map(text ->
            FailureOrder.ofText(text)
                .orElseThrow(() ->
                    QueryParams.refused(
                        "sort", "must be count, last or first, but is '%s'".formatted(text))))
        .orElse(FailureOrder.COUNT);
  }

  private static Map<String, @Nullable Object> json(FailureReport.FailureItem item) {
    FailureGroup group = item.group();
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("path", group.path());
    json.put("exceptiontype", group.exceptiontype());
    if (group.fingerprint() != null) {
      json.put("fingerprint", group.fingerprint());
    }
    json.put("count", group.count());
    if (group.first() != null) {
      json.put("first_seen", JsonValues.date(group.first()));
    }
    if (group.last() != null) {
      json.put("last_seen", JsonValues.date(group.last()));
    }
    json.put("history", group.history());
    json.put("sample", group.sample().hex());
    json.put("message", item.message());
    if (group.fingerprint() != null) {
      Fingerprint.frame(group.fingerprint()).ifPresent(frame -> json.put("frame", frame));
    }
    Map<String, Long> statuses = new LinkedHashMap<>();
    for (JobStatus status : JobStatus.values()) {
      Long number = group.statuses().get(status);
      if (number != null) {
        statuses.put(status.text(), number);
      }
    }
    json.put("statuses", statuses);
    return json;
  }
}
