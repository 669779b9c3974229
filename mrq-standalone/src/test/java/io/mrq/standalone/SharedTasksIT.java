package io.mrq.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What an API process without any task knows of the tasks of a worker process: with a scheduler
 * these are three processes, which share the stores only.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SharedTasksIT {
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private Fleet fleet;

  @BeforeAll
  void start(@TempDir Path folder) {
    fleet = new Fleet(Stores.embedded(folder.resolve("data")), folder);
    fleet.worker(
        5,
        "--mrq.worker.queues=echoes",
        "--mrq.worker.name=echo-1",
        "--mrq.task-settings.[mrq.tasks.Echo].queue=echoes");
    fleet.awaitReady();
    await().atMost(PATIENCE).until(() -> task("mrq.tasks.Echo").at("/workers").asInt(0) == 1);
  }

  @AfterAll
  void stop() {
    fleet.close();
  }

  private JsonNode task(String path) {
    return JSON.readTree(fleet.api().get("/api/v1/tasks/" + path).body());
  }

  // ENQ-03, CFG-08
  @Test
  void aJobWithoutAQueueGoesToTheQueueThatTheWorkersPropertiesSay() {
    String id = fleet.api().enqueue(Map.of("path", "mrq.tasks.Echo", "params", Map.of("a", 1)));

    await()
        .atMost(PATIENCE)
        .until(() -> fleet.api().job(id).get("status").asString().equals("success"));
    assertThat(fleet.api().job(id).get("queue").asString()).isEqualTo("echoes");
    assertThat(task("mrq.tasks.Echo").at("/settings/queue/origin").asString())
        .isEqualTo("property");
    assertThat(task("mrq.tasks.Echo").at("/known_by/0/name").asString()).isEqualTo("echo-1");
  }

  @Test
  void paramsThatDoNotFitTheRecordOfTheWorkerAreRefused() {
    HttpResponse<String> refused =
        fleet.api().post("/api/v1/jobs", Map.of("path", "mrq.tasks.Http", "params", Map.of()));

    assertThat(refused.statusCode()).isEqualTo(422);
    assertThat(refused.body()).contains("params.url", "is required");
  }

  @Test
  void aTaskThatNobodyKnowsIsReportedAndItsJobWaits() {
    String id = fleet.api().enqueue(Map.of("path", "reports.monthly", "queue", "echoes"));

    await()
        .atMost(PATIENCE)
        .until(() ->
            fleet
                .api()
                .get("/api/v1/overview")
                .body()
                .contains("Nobody on echoes knows reports.monthly"));
    assertThat(fleet.api().job(id).get("status").asString()).isEqualTo("queued");
    assertThat(task("reports.monthly").at("/parked_in/0/queue").asString()).isEqualTo("echoes");
  }
}
