package io.mrq.api.job;

import io.mrq.api.audit.Audit;
import io.mrq.api.audit.AuditedAction;
import io.mrq.api.problem.Problem;
import io.mrq.api.problem.ProblemException;
import io.mrq.api.problem.ProblemType;
import io.mrq.api.request.NoBody;
import io.mrq.api.request.QueryParams;
import io.mrq.client.ActionResult;
import io.mrq.client.JobActions;
import io.mrq.job.InvalidJobException;
import io.mrq.job.JobId;
import io.mrq.job.JobStatus;
import io.mrq.queue.QueueName;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Cancels and requeues single jobs. */
@RestController
@RequestMapping(path = "/api/v1/jobs/{id}", produces = MediaType.APPLICATION_JSON_VALUE)
class JobActionController {
  private final JobActions actions;
  private final UnreachableRuns unreachable;
  private final Audit audit;

  JobActionController(JobActions actions, UnreachableRuns unreachable, Audit audit) {
    this.actions = actions;
    this.unreachable = unreachable;
    this.audit = audit;
  }

  @PostMapping("/cancel")
  Map<String, Object> cancel(@PathVariable String id, HttpServletRequest request)
      throws IOException {
    QueryParams query = QueryParams.of(request, "running");
    NoBody.require(request, "it takes the query parameter ?running=true");
    JobId jobId = JobIds.read("id", id);
    boolean running = query.flag("running");
    AuditedAction action =
        AuditedAction.of("job.cancel")
            .on(jobId.hex())
            .detailed(running ? "although it is running" : "");
    return audit.change(request, action, () -> cancel(jobId, running));
  }

  private Map<String, Object> cancel(JobId jobId, boolean running) {
    boolean unreachableRun = running && unreachable.contains(jobId);
    return switch (actions.cancel(jobId, running)) {
      case ActionResult.Moved moved ->
          moved(
              jobId,
              moved,
              unreachableRun
                  ? "Its worker has no heartbeat (a Python worker), so nobody can interrupt the run: it continues, and its outcome will overwrite the cancel."
                  : null);
      case ActionResult.NotFound _ -> throw JobIds.unknown(jobId);
      case ActionResult.NotAllowed(JobStatus status) ->
          throw illegal(
              status,
              status == JobStatus.STARTED
                  ? "it is running; ?running=true cancels it anyway, and its worker interrupts it"
                  : "it has finished, so there is nothing to cancel");
    };
  }

  @PostMapping("/requeue")
  Map<String, Object> requeue(@PathVariable String id, HttpServletRequest request)
      throws IOException {
    QueryParams query = QueryParams.of(request, "queue", "force");
    NoBody.require(request, "it takes the query parameters ?queue=… and ?force=true");
    JobId jobId = JobIds.read("id", id);
    String queue = query.one("queue").map(JobActionController::queue).orElse(null);
    boolean force = query.flag("force");
    AuditedAction action =
        AuditedAction.of("job.requeue")
            .on(jobId.hex())
            .detailed(
                (queue == null ? "" : "to the queue " + queue)
                    + (queue != null && force ? ", " : "")
                    + (force ? "although it is running" : ""));
    return audit.change(request, action, () -> requeue(jobId, queue, force));
  }

  private Map<String, Object> requeue(JobId jobId, @Nullable String queue, boolean force) {
    boolean unreachableRun = force && unreachable.contains(jobId);
    return switch (actions.requeue(jobId, queue, force)) {
      case ActionResult.Moved moved ->
          moved(
              jobId,
              moved,
              unreachableRun
                  ? "Its worker has no heartbeat (a Python worker), so nobody can interrupt the run: it continues beside the new run, and its outcome will overwrite that of the new run."
                  : null);
      case ActionResult.NotFound _ -> throw JobIds.unknown(jobId);
      case ActionResult.NotAllowed(JobStatus status) ->
          throw illegal(
              status,
              status == JobStatus.STARTED
                  ? "it is running; wait until it has finished, or requeue it with ?force=true, after which it may run twice at the same time"
                  : "it is already waiting for a worker");
    };
  }

  private static String queue(String name) {
    try {
      return QueueName.checked(name);
    } catch (InvalidJobException e) {
      throw QueryParams.refused(e.field(), e.complaint());
    }
  }

  private static Map<String, Object> moved(
      JobId id, ActionResult.Moved moved, @Nullable String warning) {
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("id", id.hex());
    answer.put("status", moved.status().text());
    if (warning != null) {
      answer.put("warning", warning);
    }
    return answer;
  }

  private static ProblemException illegal(JobStatus status, String advice) {
    return new ProblemException(
        Problem.of(
                ProblemType.ILLEGAL_MOVE,
                "The job has the status '%s': %s.".formatted(status.text(), advice))
            .member("job_status", status.text()));
  }
}
