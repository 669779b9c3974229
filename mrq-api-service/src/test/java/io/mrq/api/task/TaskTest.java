package io.mrq.api.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.mrq.api.Answer;
import io.mrq.api.Api;
import io.mrq.api.ApiTest;
import io.mrq.api.Stores;
import io.mrq.audit.AuditEntry;
import io.mrq.job.Job;
import io.mrq.job.JobStatus;
import io.mrq.query.JobFilter;
import io.mrq.task.LayeredSettings;
import io.mrq.task.PublishedTask;
import io.mrq.task.SettingOrigin;
import io.mrq.task.TaskRelease;
import io.mrq.task.TaskSetting;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** {@code /api/v1/tasks}, and what is known of tasks when jobs are enqueued. */
@ApiTest
class TaskTest {
  private static final String SCHEMA =
      """
      {"$schema":"https://json-schema.org/draft/2020-12/schema","type":"object",
       "properties":{"count":{"type":["integer","null"],"minimum":1},
                     "name":{"type":"string","minLength":2},
                     "items":{"type":["array","null"],"items":{"type":["object","null"],
                       "properties":{"sku":{"type":"string"}},"required":["sku"]}}},
       "required":["name"]}
      """;

  private final Api api;
  private final Stores stores;

  TaskTest(Api api, Stores stores) {
    this.api = api;
    this.stores = stores;
  }

  private void publish(String path, String version, @Nullable String schema) {
    LayeredSettings settings =
        LayeredSettings.DEFAULT
            .with(SettingOrigin.ANNOTATION, Map.of(TaskSetting.QUEUE, "reports"))
            .with(SettingOrigin.PROPERTY, Map.of(TaskSetting.CANCEL_TTL, "3d"));
    PublishedTask task =
        new PublishedTask(path, "Makes a report", settings, schema, List.of("name"));
    stores.memory().tasks().publish(TaskRelease.of("app", version, List.of(task), Instant.now()));
    stores.tasks().renew();
  }

  // ENQ-03
  @Test
  void aJobWithoutAQueueGoesToThatOfItsTaskAlthoughOnlyAWorkerHasTheCode() {
    publish("task.queued", "1", null);

    String id = api.idOf("{\"path\":\"task.queued\"}");

    assertThat(stores.job(id).queue()).isEqualTo("reports");
    assertThat(stores.job(api.idOf("{\"path\":\"task.queued\",\"queue\":\"mine\"}")).queue())
        .isEqualTo("mine");
  }

  // TTL-03
  @Test
  void aCancelledJobIsKeptAsLongAsItsTaskSays() {
    publish("task.cancelled", "1", null);
    String id = api.idOf("{\"path\":\"task.cancelled\"}");

    api.post("/api/v1/jobs/" + id + "/cancel").is(200);

    Job cancelled = stores.job(id);
    assertThat(cancelled.dateexpires())
        .isEqualTo(Objects.requireNonNull(cancelled.dateupdated()).plus(Duration.ofDays(3)));
  }

  // TTL-03
  @Test
  void jobsThatABulkActionCancelsAreKeptAsLongAsTheirTaskSays() {
    publish("task.bulk", "1", null);
    String id = api.idOf("{\"path\":\"task.bulk\"}");

    api.post("/api/v1/actions", "{\"kind\":\"cancel\",\"filter\":{\"path\":\"task.bulk\"}}")
        .is(202);
    stores.runActions();

    Job cancelled = stores.job(id);
    assertThat(cancelled.status()).isEqualTo(JobStatus.CANCEL);
    assertThat(cancelled.dateexpires())
        .isEqualTo(Objects.requireNonNull(cancelled.dateupdated()).plus(Duration.ofDays(3)));
  }

  @Test
  void aTaskIsShownWithItsSettingsAndWhoHasSetThem() {
    publish("task.shown", "1", SCHEMA);

    Answer answer = api.get("/api/v1/tasks/task.shown").is(200);

    assertThat(answer.text("/description")).isEqualTo("Makes a report");
    assertThat(answer.text("/settings/queue/value")).isEqualTo("reports");
    assertThat(answer.text("/settings/queue/origin")).isEqualTo("annotation");
    assertThat(answer.text("/settings/cancel_ttl/value")).isEqualTo("PT72H");
    assertThat(answer.text("/settings/cancel_ttl/origin")).isEqualTo("property");
    assertThat(answer.text("/settings/timeout/origin")).isEqualTo("default");
    assertThat(answer.text("/params/properties/name/type")).isEqualTo("string");
    assertThat(answer.json().at("/search_keys/0").asString()).isEqualTo("name");
    assertThat(answer.text("/releases/0/version")).isEqualTo("1");
    assertThat(answer.json().at("/releases/0/alive").asBoolean()).isTrue();
    assertThat(answer.json().at("/applications/0").asString()).isEqualTo("app 1");
    assertThat(api.get("/api/v1/tasks").is(200).json().at("/items"))
        .anySatisfy(item -> assertThat(item.at("/path").asString()).isEqualTo("task.shown"));
  }

  @Test
  void aTaskThatNobodyKnowsIsNotFound() {
    assertThat(api.get("/api/v1/tasks/task.nobody").is(404).text("/type"))
        .isEqualTo("urn:mrq:problem:task-not-found");
  }

  @Test
  void aTaskThatNobodyKnowsIsShownWhileJobsOfItAreParked() {
    stores.memory().parked().note("default", List.of("task.parked"), Instant.now());

    JsonNode task = api.get("/api/v1/tasks/task.parked").is(200).json();

    assertThat(task.at("/parked_in/0/queue").asString()).isEqualTo("default");
    assertThat(task.at("/known_by")).isEmpty();
    assertThat(task.at("/queue").isNull()).isTrue();
  }

  // CFG-08
  @Test
  void anOverrideTakesEffectIsShownAndIsAudited() {
    publish("task.changed", "1", null);

    Answer changed =
        api.patch("/api/v1/tasks/task.changed", "{\"queue\":\"slow\",\"timeout\":\"5m\"}").is(200);

    assertThat(changed.text("/settings/queue/origin")).isEqualTo("override");
    assertThat(changed.text("/settings/timeout/value")).isEqualTo("PT5M");
    assertThat(changed.text("/override/who")).isEqualTo("anonymous");
    assertThat(stores.job(api.idOf("{\"path\":\"task.changed\"}")).queue()).isEqualTo("slow");
    AuditEntry entry = stores.lastAct();
    assertThat(entry.action()).isEqualTo("task.override");
    assertThat(entry.target()).isEqualTo("task.changed");
    assertThat(entry.detail()).isEqualTo("queue=slow, timeout=PT5M");

    Answer reset =
        api.patch("/api/v1/tasks/task.changed", "{\"queue\":null,\"timeout\":null}").is(200);
    assertThat(reset.text("/settings/queue/value")).isEqualTo("reports");
    assertThat(reset.json().has("override")).isFalse();
  }

  @Test
  void aWrongSettingIsRefusedByItsName() {
    Answer unknown = api.patch("/api/v1/tasks/task.wrong", "{\"color\":\"red\"}").is(400);
    Answer wrong = api.patch("/api/v1/tasks/task.wrong", "{\"timeout\":5}").is(400);
    api.patch("/api/v1/tasks/task.wrong", "{}").is(400);

    assertThat(unknown.text("/errors/0/field")).isEqualTo("color");
    assertThat(wrong.text("/errors/0/field")).isEqualTo("timeout");
    assertThat(wrong.text("/detail")).contains("must be a duration");
    assertThat(stores.memory().tasks().overrides())
        .noneMatch(override -> override.path().equals("task.wrong"));
  }

  @Test
  void paramsThatDoNotFitAreRefusedWithEveryComplaintAndNoValue() {
    publish("task.checked", "1", SCHEMA);

    Answer refused =
        api.enqueue(
                """
                {"path":"task.checked",
                 "params":{"count":{"secret":1},"name":"x","items":[{"sku":"a"},{}]}}
                """)
            .is(422);

    assertThat(refused.text("/type")).isEqualTo("urn:mrq:problem:invalid-params");
    assertThat(refused.json().at("/errors").valueStream().map(e -> e.at("/field").asString()))
        .containsExactlyInAnyOrder("params.count", "params.name", "params.items[1].sku");
    assertThat(refused.body()).doesNotContain("secret");
    api.enqueue("{\"path\":\"task.checked\",\"params\":{\"name\":\"xy\"}}").is(201);
  }

  @Test
  void whatTheBindingOfAWorkerWouldTakeIsLeftToTheWorker() {
    publish("task.lenient", "1", SCHEMA);

    api.enqueue("{\"path\":\"task.lenient\",\"params\":{\"name\":12,\"count\":\"5\"}}").is(201);
    api.enqueue("{\"path\":\"task.lenient\",\"params\":{\"name\":\"xy\",\"other\":1}}").is(201);
  }

  @Test
  void anArrayIsRefusedAsAWholeWithThePlaceOfEachComplaint() {
    publish("task.batch", "1", SCHEMA);

    Answer refused =
        api.enqueue(
                """
                [{"path":"task.batch","params":{"name":"xy"}},
                 {"path":"task.batch","params":{}},
                 {"path":"task.batch","params":{"name":"y"}}]
                """)
            .is(422);

    assertThat(refused.json().at("/errors").valueStream().map(e -> e.at("/index").asInt()))
        .containsExactly(1, 2);
  }

  @Test
  void aDryRunChecksAndStoresNothing() {
    publish("task.dry", "1", SCHEMA);
    long before = stores.memory().queries().count(JobFilter.ALL, 10_000);

    Answer valid =
        api.enqueue("{\"path\":\"task.dry\",\"params\":{\"name\":\"xy\"}}", "Mrq-Dry-Run", "true")
            .is(200);
    api.enqueue("{\"path\":\"task.dry\"}", "Mrq-Dry-Run", "true").is(422);
    api.enqueue("{\"path\":\"task.dry\"}", "Mrq-Dry-Run", "maybe").is(400);
    api.enqueue("[{\"path\":\"\"}]", "Mrq-Dry-Run", "true").is(400);

    assertThat(valid.json().at("/valid").asBoolean()).isTrue();
    assertThat(stores.memory().queries().count(JobFilter.ALL, 10_000)).isEqualTo(before);
  }

  @Test
  void paramsOfLinesAreCheckedLineByLine() {
    publish("task.lines", "1", SCHEMA);
    String body =
        """
        {"path":"task.lines","params":{"name":"xy"}}
        {"path":"task.lines","params":{"name":"x"}}
        """;
    long before = stores.memory().queries().count(JobFilter.ALL, 10_000);

    Answer checked = lines(body, "Mrq-Dry-Run", "true");
    assertThat(checked.json().at("/valid").asInt()).isEqualTo(1);
    assertThat(stores.memory().queries().count(JobFilter.ALL, 10_000)).isEqualTo(before);
    Answer enqueued = lines(body);
    assertThat(enqueued.json().at("/enqueued").asInt()).isEqualTo(1);
    assertThat(stores.memory().queries().count(JobFilter.ALL, 10_000)).isEqualTo(before + 1);

    for (Answer answer : List.of(checked, enqueued)) {
      assertThat(answer.json().at("/refused").asInt()).isEqualTo(1);
      assertThat(answer.json().at("/errors/0/line").asInt()).isEqualTo(2);
      assertThat(answer.text("/errors/0/field")).isEqualTo("params.name");
    }
  }

  private Answer lines(String body, String... headers) {
    List<String> all = new ArrayList<>(List.of(headers));
    all.addAll(List.of("Content-Type", "application/x-ndjson"));
    return api.send(
            "POST", "/api/v1/jobs", BodyPublishers.ofString(body), all.toArray(String[]::new))
        .is(200);
  }

  @Test
  void whileReleasesDisagreeAnythingIsTaken() {
    publish("task.two", "1", SCHEMA);
    publish("task.two", "2", "{\"type\":\"object\"}");

    api.enqueue("{\"path\":\"task.two\",\"params\":{}}").is(201);
  }
}
