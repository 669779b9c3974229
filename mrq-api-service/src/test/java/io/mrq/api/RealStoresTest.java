package io.mrq.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mrq.engine.worker.Worker;
import io.mrq.mongo.MongoStores;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import tools.jackson.databind.JsonNode;

/** The service as it is shipped, on a real MongoDB-protocol store and a real Redis. */
class RealStoresTest {
  @TempDir static Path folder;

  private static ConfigurableApplicationContext service;
  private static Api api;

  @BeforeAll
  static void start() {
    service =
        SpringApplication.run(
            MrqApiApplication.class,
            "--server.port=0",
            "--mrq.embedded.data-dir=" + folder,
            "--" + StarterSwitchedOff.REAL_STORES + "=true");
    api =
        new Api(
            () -> service.getEnvironment().getRequiredProperty("local.server.port", Integer.class));
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  @Test
  void aJobGoesInAndComesBackAsItWasSent() {
    String params =
        "{\"z\":1,\"a\":null,\"long\":2147483648,\"f\":1.5,\"t\":\"é😀\",\"l\":[1,{\"y\":2,\"x\":[]}]}";

    String id =
        api.idOf(
            "{\"path\":\"a.B\",\"params\":%s,\"timeout\":\"90s\",\"ttl\":\"2h\",\"max_retries\":4,\"priority\":5}"
                .formatted(params));

    Answer job = api.get("/api/v1/jobs/" + id).is(200);
    assertThat(job.json().at("/params").toString()).isEqualTo(params);
    assertThat(job.text("/status")).isEqualTo("queued");
    assertThat(job.json().at("/timeout").asDouble()).isEqualTo(90);
    assertThat(job.json().at("/ttl").asDouble()).isEqualTo(7200);
    assertThat(job.json().at("/max_retries").asInt()).isEqualTo(4);
    assertThat(job.json().at("/priority").asInt()).isEqualTo(5);
  }

  @Test
  void aDelayedJobIsDelayed() {
    String id = api.idOf("{\"path\":\"a.B\",\"delay\":\"1h\"}");

    assertThat(api.get("/api/v1/jobs/" + id).json().at("/delayed").asBoolean()).isTrue();
  }

  @Test
  void aBatchIsListedInPages() {
    String job = "{\"path\":\"a.B\",\"queue\":\"real-pages\"}";
    List<String> ids = new ArrayList<>();
    for (JsonNode id :
        api.enqueue("[" + String.join(",", Collections.nCopies(1000, job)) + "]")
            .is(201)
            .json()
            .at("/ids")) {
      ids.add(id.asString());
    }
    Collections.reverse(ids);

    Answer first = api.get("/api/v1/jobs?queue=real-pages&status=queued&limit=500").is(200);
    Answer second =
        api.get("/api/v1/jobs?queue=real-pages&limit=500&after=" + first.text("/next")).is(200);

    assertThat(first.text("/items/0/id")).isEqualTo(ids.getFirst());
    assertThat(second.text("/items/499/id")).isEqualTo(ids.getLast());
    assertThat(second.json().at("/next").isNull()).isTrue();
    await()
        .untilAsserted(() ->
            assertThat(api.get("/api/v1/queues").is(200).body())
                .contains("\"name\":\"real-pages\",\"size\":1000"));
  }

  @Test
  void aBatchWithOneBadJobStoresNothing() {
    String job = "{\"path\":\"a.B\",\"queue\":\"real-bad\"}";
    List<String> jobs = new ArrayList<>(Collections.nCopies(1000, job));
    jobs.set(536, "{\"path\":\"a.B\",\"queue\":\"real-bad\",\"params\":{\"$set\":1}}");

    api.enqueue("[" + String.join(",", jobs) + "]")
        .isProblem(400, "invalid-job")
        .naming("params", "$set");

    assertThat(api.get("/api/v1/jobs?queue=real-bad").json().at("/items")).isEmpty();
  }

  @Test
  void aHundredThousandLinesAreStored() {
    String line = "{\"path\":\"a.B\",\"queue\":\"real-lines\",\"delay\":\"1h\"}\n";

    Answer answer = lines(line.repeat(100_000)).is(200);

    assertThat(answer.body())
        .isEqualTo("{\"lines\":100000,\"enqueued\":100000,\"refused\":0,\"errors\":[]}");
    assertThat(api.get("/api/v1/jobs/count?queue=real-lines").is(200).body())
        .isEqualTo("{\"count\":10000,\"more\":true}");
  }

  @Test
  void linesThatAreSentAgainWithTheirKeyMakeNoJobTwice() {
    String line = "{\"path\":\"a.B\",\"queue\":\"real-again\",\"delay\":\"1h\"}\n";
    String key = "real-again";

    lines(line.repeat(1500), "Idempotency-Key", key).is(200);
    lines(line.repeat(1500) + "x\n" + line, "Idempotency-Key", key).is(200);

    assertThat(api.get("/api/v1/jobs/count?queue=real-again").is(200).body())
        .isEqualTo("{\"count\":1501,\"more\":false}");
  }

  private static Answer lines(String body, String... headers) {
    List<String> all = new ArrayList<>(List.of(headers));
    all.addAll(List.of("Content-Type", "application/x-ndjson"));
    return api.send(
        "POST", "/api/v1/jobs", BodyPublishers.ofString(body), all.toArray(String[]::new));
  }

  @Test
  void ofFiftyPostsAtOnceWithOneKeyOneMakesTheJob() throws Exception {
    Callable<Answer> post =
        () ->
            api.enqueue(
                "{\"path\":\"a.B\",\"queue\":\"real-fifty\"}", "Idempotency-Key", "real-fifty");
    List<Future<Answer>> posts;
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      posts = threads.invokeAll(Collections.nCopies(50, post));
    }

    List<Integer> statuses = new ArrayList<>();
    for (Future<Answer> answer : posts) {
      statuses.add(answer.get().status());
    }
    assertThat(statuses).containsOnly(200, 201).containsOnlyOnce(201);
    assertThat(api.get("/api/v1/jobs?queue=real-fifty").json().at("/items")).hasSize(1);
  }

  @Test
  void aJobIsCancelledAndRequeued() {
    String id = api.idOf("{\"path\":\"a.B\"}");

    assertThat(api.post("/api/v1/jobs/" + id + "/cancel").is(200).text("/status"))
        .isEqualTo("cancel");
    api.post("/api/v1/jobs/" + id + "/cancel").isProblem(409, "illegal-move");
    assertThat(api.post("/api/v1/jobs/" + id + "/requeue?queue=real-other").is(200).text("/status"))
        .isEqualTo("queued");
    assertThat(api.get("/api/v1/jobs?queue=real-other").text("/items/0/id")).isEqualTo(id);
  }

  @Test
  void aPauseSurvivesTheLossOfRedis() {
    api.post("/api/v1/queues/pause", "{\"queue\":\"real-paused\",\"reason\":\"migration\"}")
        .is(200);

    try (RedisConnection redis = service.getBean(RedisConnectionFactory.class).getConnection()) {
      redis.serverCommands().flushAll();
    }

    assertThat(api.get("/api/v1/queues").is(200).body()).contains("\"why\":\"migration\"");
    // What workers ask.
    assertThat(service.getBean(MongoStores.class).pauses().paused()).contains("real-paused");
    assertThat(
            api.post("/api/v1/queues/resume", "{\"queue\":\"real-paused\"}")
                .is(200)
                .text("/paused"))
        .isEqualTo("false");
  }

  @Test
  void itIsReadyAndMeasured() {
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () -> assertThat(api.get("/actuator/health").is(200).text("/status")).isEqualTo("UP"));
    assertThat(api.get("/actuator/health/readiness").is(200).text("/components/mrqMongo/status"))
        .isEqualTo("UP");
    api.idOf("{\"path\":\"a.B\",\"queue\":\"real-metrics\"}");
    assertThat(api.get("/actuator/prometheus").is(200).body())
        .contains("mrq_job_enqueued_total")
        .contains("queue=\"real-metrics\"");
  }

  // UI-01
  @Test
  void whatHappensIsCountedAndWhatIsAmissIsTold() {
    api.idOf("{\"path\":\"a.B\",\"queue\":\"real-rates\"}");

    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> {
          JsonNode overview = api.get("/api/v1/overview").is(200).json();
          assertThat(overview.at("/rates/enqueued").asDouble()).isPositive();
          assertThat(overview.at("/problems").toString()).contains("no-scheduler");
        });
  }

  /** The API runs no jobs and does no maintenance: two services of their own do. */
  @Test
  void itRunsNoWorker() {
    assertThat(api.get("/api/v1/workers").is(200).body()).isEqualTo("{\"items\":[]}");
    assertThat(service.getBeanNamesForType(Worker.class)).isEmpty();
  }
}
