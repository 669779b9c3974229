package io.mrq.api.queue;

import io.mrq.api.json.JsonValues;
import io.mrq.api.request.QueryParams;
import io.mrq.client.JobInspector;
import io.mrq.job.JobStatus;
import io.mrq.store.QueueCount;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Shows the queues that hold unfinished jobs, the longest first (RTE-05). */
@RestController
@RequestMapping(path = "/api/v1/queues", produces = MediaType.APPLICATION_JSON_VALUE)
class QueueController {
  private static final Comparator<QueueCount> LONGEST_FIRST =
      Comparator.comparingLong((QueueCount count) -> -count.in(JobStatus.QUEUED))
          .thenComparing(QueueCount::queue);

  private final JobInspector inspector;

  QueueController(JobInspector inspector) {
    this.inspector = inspector;
  }

  @GetMapping
  Map<String, List<Map<String, Object>>> list(HttpServletRequest request) {
    QueryParams.of(request);
    return Map.of(
        "items",
        inspector.queues().stream().sorted(LONGEST_FIRST).map(QueueController::json).toList());
  }

  private static Map<String, Object> json(QueueCount count) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", count.queue());
    json.put("size", count.in(JobStatus.QUEUED));
    json.put("queued", count.in(JobStatus.QUEUED));
    json.put("started", count.in(JobStatus.STARTED));
    json.put("retry", count.in(JobStatus.RETRY));
    json.put("interrupt", count.in(JobStatus.INTERRUPT));
    if (count.oldest() != null) {
      json.put("oldest", JsonValues.date(count.oldest()));
    }
    return json;
  }
}
