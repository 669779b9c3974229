package io.mrq.api.bulk;

import static org.assertj.core.api.Assertions.assertThat;

import io.mrq.api.Answer;
import io.mrq.api.Api;
import io.mrq.api.ApiTest;
import io.mrq.api.Stores;
import io.mrq.audit.AuditEntry;
import io.mrq.bulk.BulkActionId;
import io.mrq.job.Job;
import io.mrq.job.JobStatus;
import io.mrq.test.builder.JobBuilder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** {@code /api/v1/actions}. */
@ApiTest
class BulkActionTest {
  private final Api api;
  private final Stores stores;

  BulkActionTest(Api api, Stores stores) {
    this.api = api;
    this.stores = stores;
  }

  // BAS-05, RTE-12, SEED-13
  @Test
  void theWholeGroupIsRequeuedAndWatched() {
    List<String> failed = jobs(3, "bulk-one", JobStatus.FAILED);
    String other = jobs(1, "bulk-one", JobStatus.SUCCESS).getFirst();
    String body =
        "{\"kind\":\"requeue\",\"filter\":{\"status\":[\"failed\"],\"queue\":\"bulk-one\"}}";
    assertThat(api.post("/api/v1/actions/preview", body).is(200).body()).isEqualTo("{\"count\":3}");

    Answer started = api.post("/api/v1/actions", body).is(202);

    assertThat(started.header("Location")).isEqualTo("/api/v1/actions/" + started.text("/id"));
    assertThat(started.json().propertyNames())
        .containsExactly(
            "id", "kind", "filter", "status", "who", "created", "total", "moved", "skipped");
    assertThat(started.text("/status")).isEqualTo("waiting");
    assertThat(started.text("/who")).isEqualTo("anonymous");
    assertThat(started.json().at("/filter").toString())
        .isEqualTo("{\"status\":[\"failed\"],\"queue\":\"bulk-one\"}");

    stores.runActions();

    Answer done = api.get("/api/v1/actions/" + started.text("/id")).is(200);
    assertThat(done.text("/status")).isEqualTo("done");
    assertThat(done.json().at("/total").asInt()).isEqualTo(3);
    assertThat(done.json().at("/moved").asInt()).isEqualTo(3);
    assertThat(done.json().at("/skipped").asInt()).isZero();
    assertThat(done.json().has("started")).isTrue();
    assertThat(done.json().has("ended")).isTrue();
    assertThat(done.json().at("/outcome").toString())
        .as("what became of them")
        .isEqualTo("{\"queued\":3}");
    assertThat(api.get("/api/v1/actions?limit=200").is(200).json().at("/items").toString())
        .contains("\"outcome\":{\"queued\":3}");
    failed.forEach(id -> assertThat(stores.job(id).status()).isEqualTo(JobStatus.QUEUED));
    assertThat(stores.job(other).status()).isEqualTo(JobStatus.SUCCESS);
    assertThat(api.get("/api/v1/jobs/" + failed.getFirst()).text("/action"))
        .isEqualTo(started.text("/id"));
  }

  // RTE-12
  @Test
  void theSelectedJobsAreCancelled() {
    List<String> queued = jobs(4, "bulk-selected", JobStatus.QUEUED);
    String started = jobs(1, "bulk-selected", JobStatus.STARTED).getFirst();
    String body =
        "{\"kind\":\"cancel\",\"filter\":{\"ids\":[\"%s\",\"%s\",\"%s\"]}}"
            .formatted(queued.get(0), queued.get(2), started);
    assertThat(api.post("/api/v1/actions/preview", body).is(200).text("/count")).isEqualTo("2");

    String id = api.post("/api/v1/actions", body).is(202).text("/id");
    stores.runActions();

    Answer done = api.get("/api/v1/actions/" + id).is(200);
    assertThat(done.json().at("/total").asInt()).isEqualTo(3);
    assertThat(done.json().at("/moved").asInt()).isEqualTo(2);
    assertThat(done.json().at("/skipped").asInt()).isEqualTo(1);
    assertThat(queued.stream().map(job -> stores.job(job).status()))
        .containsExactly(JobStatus.CANCEL, JobStatus.QUEUED, JobStatus.CANCEL, JobStatus.QUEUED);
  }

  // BAS-06
  @Test
  void theFilterIsAsTheJobsListTakesIt() {
    Job.Builder job =
        JobBuilder.aJob()
            .status(JobStatus.FAILED)
            .queue("bulk-filter")
            .path("bulk.Filter")
            .exceptiontype("E")
            .fingerprint("f");
    stores.insert(job.build());
    String all =
        "\"status\":\"failed\",\"queue\":\"bulk-filter\",\"path\":\"bulk.Filter\",\"exceptiontype\":\"E\",\"fingerprint\":\"f\",\"since\":\"2020-01-01T00:00:00+01:00[Europe/Oslo]\",\"until\":\"2999-01-01T00:00:00+01:00\"";

    assertThat(count(all)).isEqualTo("1");
    assertThat(count(all.replace("\"f\"", "\"g\""))).isEqualTo("0");
    assertThat(count(all.replace("2999", "2021"))).isEqualTo("0");
    assertThat(count("\"queue\":\"bulk-filter\",\"worker\":null")).isEqualTo("1");
    assertThat(count("\"queue\":\"bulk-filter\",\"worker\":\"%s\"".formatted("a".repeat(24))))
        .isEqualTo("0");
  }

  private String count(String filter) {
    return api.post(
            "/api/v1/actions/preview", "{\"kind\":\"requeue\",\"filter\":{%s}}".formatted(filter))
        .is(200)
        .text("/count");
  }

  // UI-11
  @Test
  void withoutAFilterNothingIsStarted() {
    refused("{\"kind\":\"requeue\"}").naming("filter", "every job");
    refused("{\"kind\":\"cancel\",\"filter\":{}}").naming("filter");
    refused("{\"kind\":\"cancel\",\"filter\":{\"queue\":null}}").naming("filter");
    refused("{\"kind\":\"cancel\",\"filter\":{\"status\":[]}}").naming("filter.status");
    refused("{\"kind\":\"cancel\",\"filter\":{\"ids\":[]}}").naming("filter.ids");
  }

  // BUG-59
  @Test
  void aValueIsNeverAnOperator() {
    refused("{\"kind\":\"cancel\",\"filter\":{\"queue\":{\"$ne\":\"x\"}}}")
        .naming("filter.queue", "text");
    refused("{\"kind\":\"cancel\",\"filter\":{\"status\":[{\"$gt\":\"\"}]}}")
        .naming("filter.status");
    refused("{\"kind\":\"cancel\",\"filter\":{\"$where\":\"true\"}}").naming("filter.$where");
    refused("{\"kind\":\"cancel\",\"filter\":{\"params\":\"x\"}}").naming("filter.params");
    assertThat(count("\"queue\":\".*\"")).isEqualTo("0");
  }

  // BAS-05
  @Test
  void whatIsNotUnderstoodIsRefusedByName() {
    refused("{\"filter\":{\"queue\":\"q\"}}").naming("kind", "required");
    refused("{\"kind\":\"delete\",\"filter\":{\"queue\":\"q\"}}").naming("kind", "delete");
    refused("{\"kind\":\"cancel\",\"filter\":\"q\"}").naming("filter", "object");
    refused("{\"kind\":\"cancel\",\"filter\":{\"status\":\"lost\"}}").naming("filter.status");
    refused("{\"kind\":\"cancel\",\"filter\":{\"ids\":[\"x\"]}}").naming("filter.ids");
    refused("{\"kind\":\"cancel\",\"filter\":{\"worker\":\"x\"}}").naming("filter.worker");
    refused("{\"kind\":\"cancel\",\"filter\":{\"since\":\"monday\"}}").naming("filter.since");
    refused("{\"kind\":\"cancel\",\"filter\":{\"path\":\"%s\"}}".formatted("p".repeat(1001)))
        .naming("filter.path", "1 to 1000 characters");
    refused("{\"kind\":\"cancel\",\"filter\":{\"queue\":\"q\"},\"queue\":\"p\"}").naming("queue");
    refused("{\"kind\":\"requeue\",\"filter\":{\"queue\":\"q\"},\"queue\":\"no queue\"}")
        .naming("queue");
    refused("{\"kind\":\"requeue\",\"filter\":{\"queue\":\"q\"},\"limit\":\"1\"}").naming("limit");
    api.get("/api/v1/actions/x").isProblem(400, "invalid-parameter").naming("id");
    api.get("/api/v1/actions?limit=0").isProblem(400, "invalid-parameter").naming("limit");
  }

  @Test
  void tenThousandIdsAreTakenAndOneMoreIsNotAndAnswersShowTheFirst() {
    String id = "\"" + "a".repeat(24) + "\"";
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 10_000; i++) {
      ids.add("\"%024x\"".formatted(i));
    }
    String all = String.join(",", ids);

    assertThat(count("\"ids\":[" + all + "]")).isEqualTo("0");
    refused("{\"kind\":\"cancel\",\"filter\":{\"ids\":[" + all + "," + id + "]}}")
        .naming("filter.ids", "10000");

    Answer started =
        api.post("/api/v1/actions", "{\"kind\":\"cancel\",\"filter\":{\"ids\":[" + all + "]}}")
            .is(202);
    assertThat(started.json().at("/filter/ids")).hasSize(100);
    assertThat(started.json().at("/filter/ids_count").asInt()).isEqualTo(10_000);
    AuditEntry act = stores.lastAct();
    assertThat(act.filter()).containsEntry("ids_count", 10_000);
    assertThat(act.filter().get("ids")).asInstanceOf(InstanceOfAssertFactories.LIST).hasSize(100);
  }

  @Test
  void anActionIsInTheAuditLogWithItsFilterAndCount() {
    jobs(2, "bulk-audit", JobStatus.FAILED);

    String id =
        api.post(
                "/api/v1/actions",
                "{\"kind\":\"requeue\",\"filter\":{\"queue\":\"bulk-audit\"},\"queue\":\"target\"}")
            .is(202)
            .text("/id");

    JsonNode entry = api.get("/api/v1/audit?limit=1").json().at("/items/0");
    assertThat(entry.at("/action").asString()).isEqualTo("action.start");
    assertThat(entry.at("/target").asString()).isEqualTo(id);
    assertThat(entry.at("/filter").toString()).isEqualTo("{\"queue\":\"bulk-audit\"}");
    assertThat(entry.at("/count").asInt()).isEqualTo(2);
    assertThat(entry.at("/detail").asString()).isEqualTo("requeue to target");
    assertThat(entry.at("/outcome").asString()).isEqualTo("done");
  }

  @Test
  void aStoppedActionMovesNothing() {
    List<String> queued = jobs(2, "bulk-stop", JobStatus.QUEUED);
    String id =
        api.post("/api/v1/actions", "{\"kind\":\"cancel\",\"filter\":{\"queue\":\"bulk-stop\"}}")
            .is(202)
            .text("/id");

    assertThat(api.post("/api/v1/actions/" + id + "/stop").is(200).text("/status"))
        .isEqualTo("stopped");
    stores.runActions();

    queued.forEach(job -> assertThat(stores.job(job).status()).isEqualTo(JobStatus.QUEUED));
    assertThat(api.post("/api/v1/actions/" + id + "/stop").is(200).text("/status"))
        .as("stopping again changes nothing")
        .isEqualTo("stopped");
  }

  @Test
  void anUnknownActionIsNotFound() {
    String id = BulkActionId.next().hex();

    api.get("/api/v1/actions/" + id).isProblem(404, "action-not-found");
    api.post("/api/v1/actions/" + id + "/stop").isProblem(404, "action-not-found");
  }

  @Test
  void actionsAreListedNewestFirst() {
    List<String> started = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      started.add(
          api.post(
                  "/api/v1/actions",
                  "{\"kind\":\"cancel\",\"filter\":{\"queue\":\"bulk-list\",\"status\":[\"queued\"]}}")
              .is(202)
              .text("/id"));
    }
    Collections.reverse(started);

    List<String> listed = new ArrayList<>();
    api.get("/api/v1/actions?limit=3")
        .is(200)
        .json()
        .at("/items")
        .forEach(item -> listed.add(item.at("/id").asString()));

    assertThat(listed).isEqualTo(started);
  }

  private Answer refused(String body) {
    api.post("/api/v1/actions/preview", body).is(400);
    return api.post("/api/v1/actions", body).isProblem(400, "invalid-parameter");
  }

  private List<String> jobs(int count, String queue, JobStatus status) {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      var job = JobBuilder.aJob().queue(queue).status(status).build();
      stores.insert(job);
      ids.add(job.id().hex());
    }
    return ids;
  }
}
