package io.mrq.api.log;

import io.mrq.api.job.JobIds;
import io.mrq.api.json.JsonValues;
import io.mrq.api.request.QueryParams;
import io.mrq.job.JobId;
import io.mrq.log.JobLogCursor;
import io.mrq.log.JobLogLine;
import io.mrq.log.JobLogPage;
import io.mrq.log.JobLogStore;
import io.mrq.query.JobQueries;
import jakarta.servlet.http.HttpServletRequest;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Shows what a job logged, while it runs and afterwards. */
@RestController
@RequestMapping(path = "/api/v1/jobs/{id}/logs", produces = MediaType.APPLICATION_JSON_VALUE)
class JobLogController {
  private static final int DEFAULT_LIMIT = 200;
  private static final int MAX_LIMIT = 1000;

  private final JobLogStore logs;
  private final JobQueries jobs;

  JobLogController(JobLogStore logs, JobQueries jobs) {
    this.logs = logs;
    this.jobs = jobs;
  }

  @GetMapping
  Map<String, Object> list(@PathVariable String id, HttpServletRequest request) {
    QueryParams query = QueryParams.of(request, "after", "limit", "tail");
    JobId job = JobIds.read("id", id);
    JobLogPage page = read(job, query);
    if (page.lines().isEmpty() && page.next().equals(JobLogCursor.START)) {
      var _ = jobs.find(job).orElseThrow(() -> JobIds.unknown(job));
    }
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("items", page.lines().stream().map(JobLogController::json).toList());
    answer.put("next", page.next().text());
    return answer;
  }

  private JobLogPage read(JobId job, QueryParams query) {
    Optional<String> after = query.one("after");
    if (query.one("tail").isEmpty()) {
      int limit = query.number("limit", DEFAULT_LIMIT, 1, MAX_LIMIT);
      return logs.after(job, after.map(JobLogController::cursor).orElse(JobLogCursor.START), limit);
    }
    if (after.isPresent() || query.one("limit").isPresent()) {
      throw QueryParams.refused(
          "tail", "asks for the last lines, so leave out 'after' and 'limit'");
    }
    return logs.tail(job, query.number("tail", DEFAULT_LIMIT, 1, MAX_LIMIT));
  }

  private static JobLogCursor cursor(String text) {
    try {
      return JobLogCursor.parse(text);
    } catch (IllegalArgumentException _) {
      throw QueryParams.refused("after", "must be the 'next' of an earlier answer");
    }
  }

  private static Map<String, @Nullable Object> json(JobLogLine line) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("at", JsonValues.date(line.at()));
    json.put("level", line.level());
    json.put("logger", line.logger());
    json.put("message", line.message());
    if (line.attempt() > 0) {
      json.put("attempt", line.attempt());
    }
    return json;
  }
}
