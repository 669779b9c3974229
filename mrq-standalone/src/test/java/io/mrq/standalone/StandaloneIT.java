package io.mrq.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The README's first command, as a process that is used, stopped, killed and started again. */
class StandaloneIT {
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  @TempDir Path folder;

  private ServiceProcess standalone(String... more) {
    List<String> options = new ArrayList<>(List.of(data()));
    options.addAll(List.of(more));
    return ServiceProcess.startUnpacked("mrq-standalone", folder, options);
  }

  private String data() {
    return "--mrq.embedded.data-dir=" + folder.resolve("data");
  }

  // JOB-05, RES-02, SEED-40
  @Test
  void aPostedJobIsRunAndItsResultSurvivesARestart() {
    String id;
    try (ServiceProcess first =
        ServiceProcess.start("mrq-standalone", folder, List.of(data())).awaitReady()) {
      assertThat(first.log()).contains("MRQ is up", "/api/v1/jobs");
      id =
          first.api().enqueue(Map.of("path", "mrq.tasks.Echo", "params", Map.of("hello", "world")));
      await().atMost(PATIENCE).until(() -> isDone(first, id));
      first.terminate();
      assertThat(first.awaitEnd(Duration.ofMinutes(1))).isEqualTo(143);
      assertThat(first.log()).doesNotContain(" ERROR ");
    }
    try (ServiceProcess second = standalone().awaitReady()) {
      JsonNode job = second.api().job(id);
      assertThat(job.get("result").get("hello").asString()).isEqualTo("world");
      assertThat(job.get("status").asString()).isEqualTo("success");
    }
  }

  @Test
  void everyAcknowledgedJobSurvivesKillNineUnderLoadAndFinishes() {
    Queue<String> acknowledged = new ConcurrentLinkedQueue<>();
    try (ServiceProcess doomed = standalone().awaitReady();
        ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int caller = 0; caller < 8; caller++) {
        callers.submit(() -> enqueueUntilItDies(doomed, acknowledged));
      }
      await().atMost(PATIENCE).until(() -> acknowledged.size() >= 500);
      doomed.kill();
    }
    try (ServiceProcess heir = standalone().awaitReady()) {
      await()
          .atMost(PATIENCE)
          .pollInterval(Duration.ofSeconds(1))
          .until(() -> heir.api().count("status=queued,started,retry,interrupt") == 0);
      System.out.printf(
          "FIGURE kill -9 of the standalone: %,d acknowledged%n", acknowledged.size());
      List<String> done =
          heir.api().jobs("status=success").stream().map(j -> j.get("id").asString()).toList();
      assertThat(done).containsAll(acknowledged);
    }
  }

  private static void enqueueUntilItDies(ServiceProcess process, Queue<String> acknowledged) {
    while (true) {
      try {
        acknowledged.add(process.api().enqueue(Map.of("path", "mrq.tasks.Echo")));
      } catch (UncheckedIOException e) {
        return;
      }
    }
  }

  @Test
  void itHostsTheStoresForAWorkerOfItsOwnProcess() {
    int mongo = FreePorts.next();
    int redis = FreePorts.next();
    // The worker is started before the stores are there, and keeps trying.
    try (ServiceProcess worker =
            ServiceProcess.start(
                "mrq-worker-service",
                folder,
                List.of(
                    "--spring.mongodb.uri=mongodb://127.0.0.1:" + mongo + "/mrq",
                    "--spring.data.redis.port=" + redis));
        ServiceProcess host =
            standalone(
                "--mrq.worker.enabled=false",
                "--mrq.embedded.mongo.port=" + mongo,
                "--mrq.embedded.redis.port=" + redis)) {
      host.awaitReady();
      worker.awaitReady();
      String id = host.api().enqueue(Map.of("path", "mrq.tasks.Echo"));
      await().atMost(PATIENCE).until(() -> isDone(host, id));
      assertThat(worker.api().metric("mrq_job_finished_total")).isEqualTo(1);
    }
  }

  @Test
  void aLockedFolderAndATakenPortAreSaidInOneSentence() {
    try (ServiceProcess first = standalone().awaitReady();
        ServiceProcess second = standalone()) {
      assertThat(second.awaitEnd(Duration.ofMinutes(2))).isNotZero();
      assertThat(second.log()).contains(folder.resolve("data").toString(), "another process");
      try (ServiceProcess third =
          ServiceProcess.startUnpacked(
              "mrq-standalone",
              folder.resolve("third"),
              first.port(),
              List.of("--mrq.embedded.data-dir=" + folder.resolve("data3")))) {
        assertThat(third.awaitEnd(Duration.ofMinutes(2))).isNotZero();
        assertThat(third.log()).contains("Port " + first.port() + " was already in use");
      }
    }
  }

  private static boolean isDone(ServiceProcess process, String id) {
    return process.api().job(id).get("status").asString().equals("success");
  }
}
