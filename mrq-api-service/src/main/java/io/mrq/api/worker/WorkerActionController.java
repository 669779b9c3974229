package io.mrq.api.worker;

import io.mrq.api.audit.Audit;
import io.mrq.api.audit.AuditedAction;
import io.mrq.api.problem.Problem;
import io.mrq.api.problem.ProblemException;
import io.mrq.api.problem.ProblemType;
import io.mrq.api.request.NoBody;
import io.mrq.api.request.QueryParams;
import io.mrq.job.WorkerId;
import io.mrq.worker.WorkerStore;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Asks workers to drain, or to claim jobs again. */
@RestController
@RequestMapping(path = "/api/v1/workers/{id}", produces = MediaType.APPLICATION_JSON_VALUE)
class WorkerActionController {
  private final WorkerStore workers;
  private final Audit audit;

  WorkerActionController(WorkerStore workers, Audit audit) {
    this.workers = workers;
    this.audit = audit;
  }

  @PostMapping("/drain")
  Map<String, Object> drain(@PathVariable String id, HttpServletRequest request)
      throws IOException {
    return change(id, request, "worker.drain", true, workers::drain);
  }

  @PostMapping("/undrain")
  Map<String, Object> undrain(@PathVariable String id, HttpServletRequest request)
      throws IOException {
    return change(id, request, "worker.undrain", false, workers::undrain);
  }

  private Map<String, Object> change(
      String id, HttpServletRequest request, String action, boolean drain, Predicate<WorkerId> ask)
      throws IOException {
    QueryParams.of(request);
    NoBody.require(request, "the id of the worker is in the address");
    WorkerId worker = worker(id);
    return audit.change(
        request,
        AuditedAction.of(action).on(worker.hex()),
        () -> {
          if (!ask.test(worker)) {
            throw unknown(worker);
          }
          Map<String, Object> answer = new LinkedHashMap<>();
          answer.put("id", worker.hex());
          answer.put("drain", drain);
          return answer;
        });
  }

  private static WorkerId worker(String text) {
    try {
      return new WorkerId(text);
    } catch (IllegalArgumentException _) {
      throw QueryParams.refused(
          "id", "must be a worker id of 24 lower-case hex digits, but is '%s'".formatted(text));
    }
  }

  private static ProblemException unknown(WorkerId worker) {
    return new ProblemException(
        Problem.of(
            ProblemType.WORKER_NOT_FOUND,
            "No worker %s is alive: it never existed, has stopped, was lost and continues under a new id, or is a Python worker, which cannot be drained from here."
                .formatted(worker)));
  }
}
