package io.mrq.api.queue;

import io.mrq.api.audit.Audit;
import io.mrq.api.audit.AuditedAction;
import io.mrq.api.request.JsonFields;
import io.mrq.api.request.QueryParams;
import io.mrq.job.InvalidJobException;
import io.mrq.queue.QueueActions;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Pauses and resumes queues. Their names are in the body, because they may contain slashes. */
@RestController
@RequestMapping(
    path = "/api/v1/queues",
    consumes = MediaType.APPLICATION_JSON_VALUE,
    produces = MediaType.APPLICATION_JSON_VALUE)
class QueueActionController {
  private static final int MAX_REASON = 500;

  private final QueueActions queues;
  private final Audit audit;

  QueueActionController(QueueActions queues, Audit audit) {
    this.queues = queues;
    this.audit = audit;
  }

  @PostMapping("/pause")
  Map<String, Object> pause(HttpServletRequest request) throws IOException {
    QueryParams.of(request);
    JsonFields body = JsonFields.of(request, "queue", "reason");
    String queue = body.required("queue");
    String reason = body.textOrEmpty("reason");
    if (reason.length() > MAX_REASON) {
      throw body.refused("reason", "must have at most %d characters".formatted(MAX_REASON));
    }
    return change(
        request,
        AuditedAction.of("queue.pause").on(queue).detailed(reason),
        queue,
        () -> {
          queues.pause(queue, Audit.who(request), reason);
          return true;
        });
  }

  @PostMapping("/resume")
  Map<String, Object> resume(HttpServletRequest request) throws IOException {
    QueryParams.of(request);
    String queue = JsonFields.of(request, "queue").required("queue");
    return change(
        request, AuditedAction.of("queue.resume").on(queue), queue, () -> queues.resume(queue));
  }

  private Map<String, Object> change(
      HttpServletRequest request, AuditedAction action, String queue, Supplier<Boolean> work) {
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("queue", queue);
    try {
      answer.put("paused", audit.change(request, action, work));
    } catch (InvalidJobException e) {
      throw QueryParams.refused(e.field(), e.complaint());
    }
    return answer;
  }
}
