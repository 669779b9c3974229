package io.mrq.api.bulk;

import io.mrq.api.audit.Audit;
import io.mrq.api.audit.AuditedAction;
import io.mrq.api.problem.Problem;
import io.mrq.api.problem.ProblemException;
import io.mrq.api.problem.ProblemType;
import io.mrq.api.request.NoBody;
import io.mrq.api.request.QueryParams;
import io.mrq.bulk.BulkAction;
import io.mrq.bulk.BulkActionId;
import io.mrq.bulk.BulkActions;
import io.mrq.job.JobStatus;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Starts, shows and stops bulk actions, which requeue or cancel all jobs that match a filter. */
@RestController
@RequestMapping(path = "/api/v1/actions", produces = MediaType.APPLICATION_JSON_VALUE)
class BulkActionController {
  private static final int DEFAULT_LIMIT = 50;
  private static final int MAX_LIMIT = 200;

  private final BulkActions actions;
  private final BulkActionOutcomes outcomes;
  private final Audit audit;

  BulkActionController(BulkActions actions, Audit audit) {
    this.actions = actions;
    this.outcomes = new BulkActionOutcomes(actions);
    this.audit = audit;
  }

  @PostMapping(path = "/preview", consumes = MediaType.APPLICATION_JSON_VALUE)
  Map<String, Object> preview(HttpServletRequest request) throws IOException {
    QueryParams.of(request);
    BulkActionRequest wanted = BulkActionRequest.of(request);
    return Map.of(
        "count",
        wanted.checked(() -> actions.preview(wanted.kind(), wanted.filter(), wanted.queue())));
  }

  @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
  ResponseEntity<Map<String, @Nullable Object>> start(HttpServletRequest request)
      throws IOException {
    QueryParams.of(request);
    BulkActionRequest wanted = BulkActionRequest.of(request);
    BulkAction action =
        wanted.checked(() ->
            actions.prepare(wanted.kind(), wanted.filter(), wanted.queue(), Audit.who(request)));
    AuditedAction audited =
        AuditedAction.of("action.start")
            .on(action.id().hex())
            .where(BulkActionJson.shown(action.filter()), action.progress().total())
            .detailed(
                action.kind().text() + (wanted.queue() == null ? "" : " to " + wanted.queue()));
    audit.change(
        request,
        audited,
        () -> {
          actions.start(action);
          return action.id();
        });
    return ResponseEntity.accepted()
        .location(URI.create(request.getContextPath() + "/api/v1/actions/" + action.id().hex()))
        .body(BulkActionJson.of(action));
  }

  @GetMapping
  Map<String, List<Map<String, @Nullable Object>>> list(HttpServletRequest request) {
    QueryParams query = QueryParams.of(request, "limit");
    int limit = query.number("limit", DEFAULT_LIMIT, 1, MAX_LIMIT);
    List<BulkAction> found = actions.list(limit);
    Map<BulkActionId, Map<JobStatus, Long>> byAction = outcomes.of(found);
    return Map.of(
        "items",
        found.stream()
            .map(action -> BulkActionJson.of(action, byAction.get(action.id())))
            .toList());
  }

  @GetMapping("/{id}")
  Map<String, @Nullable Object> find(@PathVariable String id, HttpServletRequest request) {
    QueryParams.of(request);
    BulkActionId actionId = read(id);
    BulkAction action = actions.find(actionId).orElseThrow(() -> unknown(actionId));
    return BulkActionJson.of(action, outcomes.of(List.of(action)).get(actionId));
  }

  @PostMapping("/{id}/stop")
  Map<String, @Nullable Object> stop(@PathVariable String id, HttpServletRequest request)
      throws IOException {
    QueryParams.of(request);
    NoBody.require(request, "the id of the action is in the address");
    BulkActionId actionId = read(id);
    return audit.change(
        request,
        AuditedAction.of("action.stop").on(actionId.hex()),
        () -> actions.stop(actionId).map(BulkActionJson::of).orElseThrow(() -> unknown(actionId)));
  }

  private static BulkActionId read(String text) {
    try {
      return new BulkActionId(text);
    } catch (IllegalArgumentException _) {
      throw QueryParams.refused(
          "id", "must be an action id of 24 lower-case hex digits, but is '%s'".formatted(text));
    }
  }

  private static ProblemException unknown(BulkActionId id) {
    return new ProblemException(
        Problem.of(
            ProblemType.ACTION_NOT_FOUND,
            "There is no action %s: it never existed, or it ended more than 30 days ago."
                .formatted(id)));
  }
}
