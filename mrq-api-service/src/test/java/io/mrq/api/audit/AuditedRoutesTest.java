package io.mrq.api.audit;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import io.mrq.api.Answer;
import io.mrq.api.Api;
import io.mrq.api.ApiTest;
import io.mrq.api.Stores;
import io.mrq.job.JobStatus;
import io.mrq.job.WorkerId;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/**
 * Every route that can change something leaves an entry in the audit log, or stands here with the
 * reason why not. A new route fails this test until it does either.
 */
@ApiTest
class AuditedRoutesTest {
  private static final Set<RequestMethod> READING =
      Set.of(RequestMethod.GET, RequestMethod.HEAD, RequestMethod.OPTIONS);

  /** With the reason. */
  private static final Map<String, String> NOT_AUDITED =
      Map.ofEntries(
          entry("POST /api/v1/jobs", "jobs are data, and their documents are the record of them"),
          entry("POST /api/v1/actions/preview", "it only counts"),
          entry("POST /api/v1/schedules/preview", "it only computes"));

  private final Api api;
  private final Stores stores;
  private final RequestMappingHandlerMapping routes;

  AuditedRoutesTest(
      Api api, Stores stores, RequestMappingHandlerMapping requestMappingHandlerMapping) {
    this.api = api;
    this.stores = stores;
    this.routes = requestMappingHandlerMapping;
  }

  /** How to call each audited route so that something is done, and the action that is noted. */
  private Map<String, Call> audited() {
    return Map.ofEntries(
        entry("POST /api/v1/actions", new Call("action.start", () -> startAction().status())),
        entry(
            "POST /api/v1/actions/{id}/stop",
            new Call(
                "action.stop",
                () -> api.post("/api/v1/actions/" + startAction().text("/id") + "/stop").status())),
        entry(
            "PATCH /api/v1/tasks/{path}",
            new Call(
                "task.override",
                () -> api.patch("/api/v1/tasks/audited", "{\"queue\":\"slow\"}").status())),
        entry(
            "POST /api/v1/queues/pause",
            new Call(
                "queue.pause",
                () -> api.post("/api/v1/queues/pause", "{\"queue\":\"audited\"}").status())),
        entry(
            "POST /api/v1/queues/resume",
            new Call(
                "queue.resume",
                () -> api.post("/api/v1/queues/resume", "{\"queue\":\"audited\"}").status())),
        entry(
            "PUT /api/v1/schedules/{name}",
            new Call("schedule.define", () -> define("audited").status())),
        entry(
            "DELETE /api/v1/schedules/{name}",
            new Call(
                "schedule.delete",
                () -> {
                  define("deleted");
                  return api.send("DELETE", "/api/v1/schedules/deleted", BodyPublishers.noBody())
                      .status();
                })),
        entry(
            "POST /api/v1/schedules/{name}/pause",
            new Call(
                "schedule.pause",
                () -> api.post("/api/v1/schedules/" + defined() + "/pause", "{}").status())),
        entry(
            "POST /api/v1/schedules/{name}/resume",
            new Call(
                "schedule.resume",
                () -> api.post("/api/v1/schedules/" + defined() + "/resume").status())),
        entry(
            "POST /api/v1/schedules/{name}/run",
            new Call(
                "schedule.run",
                () -> api.post("/api/v1/schedules/" + defined() + "/run").status())),
        entry(
            "POST /api/v1/schedules/{name}/skip-next",
            new Call(
                "schedule.skip-next",
                () -> api.post("/api/v1/schedules/" + defined() + "/skip-next").status())),
        entry(
            "POST /api/v1/workers/{id}/drain",
            new Call(
                "worker.drain", () -> api.post("/api/v1/workers/" + worker() + "/drain").status())),
        entry(
            "POST /api/v1/workers/{id}/undrain",
            new Call(
                "worker.undrain",
                () -> api.post("/api/v1/workers/" + worker() + "/undrain").status())),
        entry(
            "POST /api/v1/api-keys",
            new Call(
                "api-key.create",
                () -> api.post("/api/v1/api-keys", "{\"name\":\"audited\"}").status())),
        entry(
            "DELETE /api/v1/api-keys/{id}",
            new Call(
                "api-key.revoke",
                () ->
                    api.send(
                            "DELETE",
                            "/api/v1/api-keys/"
                                + api.post("/api/v1/api-keys", "{\"name\":\"audited\"}")
                                    .text("/id"),
                            BodyPublishers.noBody())
                        .status())),
        entry(
            "POST /api/v1/jobs/{id}/cancel",
            new Call(
                "job.cancel",
                () ->
                    api.post("/api/v1/jobs/" + stores.jobIn(JobStatus.QUEUED) + "/cancel")
                        .status())),
        entry(
            "POST /api/v1/jobs/{id}/requeue",
            new Call(
                "job.requeue",
                () ->
                    api.post("/api/v1/jobs/" + stores.jobIn(JobStatus.FAILED) + "/requeue")
                        .status())));
  }

  private Answer define(String name) {
    return api.send(
        "PUT",
        "/api/v1/schedules/" + name,
        BodyPublishers.ofString("{\"path\":\"tests.Sample\",\"every\":\"1h\"}"),
        "Content-Type",
        "application/json");
  }

  private String defined() {
    define("audited");
    return "audited";
  }

  private Answer startAction() {
    return api.post("/api/v1/actions", "{\"kind\":\"cancel\",\"filter\":{\"queue\":\"audited\"}}");
  }

  private String worker() {
    WorkerId worker = WorkerId.next();
    stores.workers().register(worker, Map.of());
    return worker.hex();
  }

  @Test
  void everyMutatingRouteIsAuditedOrExplained() {
    Set<String> known = new TreeSet<>(audited().keySet());
    known.addAll(NOT_AUDITED.keySet());

    assertThat(mutating()).containsExactlyInAnyOrderElementsOf(known);
  }

  @Test
  void eachAuditedRouteWritesItsEntry() {
    audited()
        .forEach((route, call) -> {
          assertThat(call.answer().get()).as(route).isBetween(200, 299);
          assertThat(stores.lastAct().action()).as(route).isEqualTo(call.action());
          assertThat(stores.lastAct().outcome().text()).as(route).isEqualTo("done");
        });
  }

  /** A route that takes several types of bodies has several methods. */
  private Set<String> mutating() {
    Set<String> found = new TreeSet<>();
    routes
        .getHandlerMethods()
        .keySet()
        .forEach(mapping ->
            mapping
                .getPatternValues()
                .forEach(path ->
                    mapping.getMethodsCondition().getMethods().stream()
                        .filter(method -> !READING.contains(method))
                        .forEach(method -> found.add(method + " " + path))));
    return found;
  }

  /** A call of a route. */
  private record Call(String action, Supplier<Integer> answer) {}
}
