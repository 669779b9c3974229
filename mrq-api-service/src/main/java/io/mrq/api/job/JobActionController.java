package io.mrq.api.job;

import io.mrq.api.problem.Problem;
import io.mrq.api.problem.ProblemException;
import io.mrq.api.problem.ProblemType;
import io.mrq.api.request.QueryParams;
import io.mrq.client.ActionResult;
import io.mrq.client.JobActions;
import io.mrq.job.InvalidJobException;
import io.mrq.job.JobId;
import io.mrq.job.JobStatus;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Moves single jobs by hand. */
@RestController
@RequestMapping(path = "/api/v1/jobs/{id}", produces = MediaType.APPLICATION_JSON_VALUE)
class JobActionController {
  private final JobActions actions;

  JobActionController(JobActions actions) {
    this.actions = actions;
  }

  @PostMapping("/cancel")
  Map<String, Object> cancel(@PathVariable String id, HttpServletRequest request)
      throws IOException {
    QueryParams query = QueryParams.of(request, "running");
    refuseBody(request, "?running=true");
    JobId jobId = JobIds.read("id", id);
    return switch (actions.cancel(jobId, query.flag("running"))) {
      case ActionResult.Moved moved -> moved(jobId, moved);
      case ActionResult.NotFound _ -> throw JobIds.unknown(jobId);
      case ActionResult.NotAllowed(JobStatus status) ->
          throw illegal(
              status,
              status == JobStatus.STARTED
                  ? "it runs; ?running=true cancels it nevertheless, and its worker interrupts it"
                  : "it has ended, so there is nothing to cancel");
    };
  }

  @PostMapping("/requeue")
  Map<String, Object> requeue(@PathVariable String id, HttpServletRequest request)
      throws IOException {
    QueryParams query = QueryParams.of(request, "queue", "force");
    refuseBody(request, "?queue=… and ?force=true");
    JobId jobId = JobIds.read("id", id);
    return switch (requeue(jobId, query)) {
      case ActionResult.Moved moved -> moved(jobId, moved);
      case ActionResult.NotFound _ -> throw JobIds.unknown(jobId);
      case ActionResult.NotAllowed(JobStatus status) ->
          throw illegal(
              status,
              status == JobStatus.STARTED
                  ? "it runs; wait for its end, or ?force=true requeues it and it may run twice at once"
                  : "it waits for a worker already");
    };
  }

  private ActionResult requeue(JobId id, QueryParams query) {
    try {
      return actions.requeue(id, query.one("queue").orElse(null), query.flag("force"));
    } catch (InvalidJobException e) {
      throw QueryParams.refused(e.field(), e.complaint());
    }
  }

  private static Map<String, Object> moved(JobId id, ActionResult.Moved moved) {
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("id", id.hex());
    answer.put("status", moved.status().text());
    return answer;
  }

  private static ProblemException illegal(JobStatus status, String advice) {
    return new ProblemException(
        Problem.of(
                ProblemType.ILLEGAL_MOVE,
                "The job has the status '%s': %s.".formatted(status.text(), advice))
            .member("job_status", status.text()));
  }

  /** A wish in a body would be overlooked, and the caller believe that it was heard. */
  private static void refuseBody(HttpServletRequest request, String instead) throws IOException {
    if (request.getInputStream().read() >= 0) {
      throw new ProblemException(
          Problem.of(
              ProblemType.BAD_REQUEST,
              "This route takes no body; what it takes are the query parameters %s."
                  .formatted(instead)));
    }
  }
}
