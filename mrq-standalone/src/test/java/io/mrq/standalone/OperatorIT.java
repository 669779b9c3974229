package io.mrq.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What an operator does, on real processes: bulk actions, pauses, drains. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OperatorIT {
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final List<ServiceProcess> processes = new ArrayList<>();
  private Stores stores;
  private Path folder;
  private ServiceProcess api;

  @BeforeAll
  void start(@TempDir Path temporary) {
    folder = temporary;
    stores = Stores.embedded(folder.resolve("data"));
    api = start("mrq-api-service");
  }

  @AfterAll
  void stop() {
    processes.reversed().forEach(ServiceProcess::close);
    stores.close();
  }

  private ServiceProcess start(String module) {
    return started(ServiceProcess.start(module, folder, stores.options()));
  }

  private ServiceProcess worker(String... queues) {
    List<String> options = new ArrayList<>(stores.options());
    options.add("--mrq.worker.queues=" + String.join(",", queues));
    options.add("--mrq.worker.slots=2");
    options.add("--mrq.tasks.http.allow-private-addresses=true");
    return started(ServiceProcess.startUnpacked("mrq-worker-service", folder, options));
  }

  private ServiceProcess started(ServiceProcess process) {
    processes.add(process);
    return process;
  }

  // SEED-13, SEED-41
  @Test
  void aBulkActionOutlivesItsScheduler() {
    ServiceProcess first = start("mrq-scheduler-service");
    ServiceProcess second = start("mrq-scheduler-service");
    List.of(api, first, second).forEach(ServiceProcess::awaitReady);
    List<String> jobs = api.api().enqueueAll(echoes(8_000, "bulk"));
    List<String> others = api.api().enqueueAll(echoes(100, "others"));
    Map<String, Object> wish = Map.of("kind", "cancel", "filter", Map.of("queue", "bulk"));
    assertThat(read(api.api().post("/api/v1/actions/preview", wish)).get("count").asInt())
        .isEqualTo(jobs.size());

    String id = read(api.api().post("/api/v1/actions", wish)).get("id").asString();
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(20))
        .until(() -> action(id).get("moved").asInt() > 0);
    ServiceProcess runner = first.log().contains(id) ? first : second;
    ServiceProcess heir = runner == first ? second : first;
    runner.kill();

    assertThat(action(id).get("status").asString()).as("killed in the middle").isEqualTo("running");
    await().atMost(PATIENCE).until(() -> !action(id).get("status").asString().equals("running"));
    JsonNode done = action(id);
    assertThat(done.get("status").asString()).isEqualTo("done");
    assertThat(done.get("total").asInt()).isEqualTo(jobs.size());
    assertThat(done.get("moved").asInt()).isEqualTo(jobs.size());
    assertThat(done.get("skipped").asInt()).isZero();
    assertThat(heir.log()).contains(id + " is continued here");
    assertThat(count("queue=bulk&status=cancel")).isEqualTo(jobs.size());
    assertThat(count("queue=others&status=queued")).isEqualTo(others.size());
    heir.kill();
  }

  // QUE-16, QUE-19
  @Test
  void aPauseSurvivesTheLossOfRedis() {
    api.awaitReady();
    act("/api/v1/queues/pause", Map.of("queue", "paused", "reason", "migration"));
    ServiceProcess worker = worker("paused/sub", "open");
    worker.awaitReady();
    try (RedisClient client = RedisClient.create("redis://127.0.0.1:" + stores.redisPort());
        StatefulRedisConnection<String, String> redis = client.connect()) {
      redis.sync().flushall();
    }
    String held = api.api().enqueue(echo("paused/sub"));
    String free = api.api().enqueue(echo("open"));
    await().atMost(PATIENCE).until(() -> status(free).equals("success"));
    assertThat(status(held)).isEqualTo("queued");

    act("/api/v1/queues/resume", Map.of("queue", "paused"));

    await().atMost(PATIENCE).until(() -> status(held).equals("success"));
    worker.kill();
  }

  @Test
  void aDrainedWorkerEndsWhatItRunsAndGoesOnWhenAsked() {
    CountDownLatch open = new CountDownLatch(1);
    AtomicInteger visits = new AtomicInteger();
    try (TargetServer target =
        new TargetServer(exchange -> {
          visits.incrementAndGet();
          awaitOpen(open);
          TargetServer.answer(exchange, 200, new byte[0]);
        })) {
      api.awaitReady();
      ServiceProcess worker = worker("drained");
      String running =
          api.api()
              .enqueue(
                  Map.of(
                      "path", "mrq.tasks.Http",
                      "queue", "drained",
                      "params", Map.of("url", target.url() + "/", "timeout", "5m")));
      await().atMost(PATIENCE).until(() -> visits.get() == 1);
      String id = api.api().job(running).get("worker").asString();

      read(api.api().post("/api/v1/workers/" + id + "/drain"));
      await().atMost(PATIENCE).until(() -> worker.log().contains("asked this worker to drain"));
      String waiting = api.api().enqueue(echo("drained"));
      open.countDown();

      await().atMost(PATIENCE).until(() -> status(running).equals("success"));
      assertThat(status(waiting)).isEqualTo("queued");

      read(api.api().post("/api/v1/workers/" + id + "/undrain"));
      await().atMost(PATIENCE).until(() -> status(waiting).equals("success"));
      worker.kill();
    } finally {
      open.countDown();
    }
  }

  private void act(String path, Object body) {
    assertThat(api.api().post(path, body).statusCode()).isEqualTo(200);
  }

  private JsonNode action(String id) {
    return read(api.api().get("/api/v1/actions/" + id));
  }

  private String status(String id) {
    return api.api().job(id).get("status").asString();
  }

  private int count(String query) {
    return read(api.api().get("/api/v1/jobs/count?" + query)).get("count").asInt();
  }

  private static JsonNode read(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 299);
    return JSON.readTree(answer.body());
  }

  private static Map<String, Object> echo(String queue) {
    return Map.of("path", "mrq.tasks.Echo", "queue", queue);
  }

  private static List<Map<String, Object>> echoes(int count, String queue) {
    List<Map<String, Object>> jobs = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      jobs.add(echo(queue));
    }
    return jobs;
  }

  private static void awaitOpen(CountDownLatch open) {
    try {
      open.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
