package io.mrq.service.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.example.shop.ShopTasks1;
import com.example.shop.ShopTasks2;
import io.mrq.client.JobClient;
import io.mrq.client.JobInspector;
import io.mrq.client.JobRequest;
import io.mrq.embedded.EmbeddedMongo;
import io.mrq.embedded.EmbeddedRedis;
import io.mrq.job.Job;
import io.mrq.job.JobId;
import io.mrq.job.JobStatus;
import io.mrq.queue.ParkedTask;
import io.mrq.queue.ParkedTasks;
import io.mrq.task.TaskRelease;
import io.mrq.task.TaskStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Two versions of an application, each the runnable jar of the worker service as a process with a
 * jar of tasks, serve one queue. Nothing fails, nothing is lost, and no attempt is used up.
 */
class RollingDeploymentIT {
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  @TempDir Path folder;
  private ConfigurableApplicationContext client;
  private final List<Process> workers = new ArrayList<>();

  /** Hosts the stores, enqueues and maintains; runs no jobs. */
  @EnableAutoConfiguration
  static class Client {}

  @BeforeEach
  void startStores() {
    client =
        new SpringApplicationBuilder(Client.class)
            .web(WebApplicationType.NONE)
            .run("--mrq.worker.enabled=false", "--mrq.embedded.data-dir=" + folder.resolve("data"));
  }

  @AfterEach
  void stop() throws Exception {
    for (Process worker : workers) {
      worker.destroyForcibly().waitFor();
    }
    client.close();
  }

  // CTX-09
  @Test
  void theNewVersionComesWhileJobsOfItsTaskWaitAndTheOldOneGoes() throws Exception {
    Process old = start("1");
    List<JobId> known = enqueue("shop.Both", "shop.Old");
    succeed(known);
    List<JobId> fresh = enqueue("shop.New");
    List<JobId> behind = enqueue("shop.Both");
    succeed(behind);
    awaitParked("shop.New");
    assertThat(jobs(fresh)).allMatch(job -> job.status() == JobStatus.QUEUED);

    start("2");

    succeed(fresh);
    succeed(enqueue("shop.Both", "shop.Old", "shop.New"));
    assertThat(client.getBean(TaskStore.class).releases())
        .extracting(TaskRelease::version)
        .contains("1", "2");
    old.destroy();
    assertThat(old.waitFor(60, TimeUnit.SECONDS)).isTrue();
    succeed(enqueue("shop.Both", "shop.New"));
  }

  @Test
  void jobsOfATaskThatTheNewVersionHasNoMoreWaitForTheOldOne() throws Exception {
    start("2");
    List<JobId> old = enqueue("shop.Old");
    succeed(enqueue("shop.Both", "shop.New"));
    awaitParked("shop.Old");
    assertThat(jobs(old)).allMatch(job -> job.status() == JobStatus.QUEUED);

    start("1");

    succeed(old);
    succeed(enqueue("shop.Both", "shop.Old", "shop.New"));
  }

  private Process start(String version) throws IOException {
    Path place = folder.resolve("version" + version);
    if (version.equals("1")) {
      TaskJar.write(place.resolve("tasks/shop.jar"), ShopTasks1.class, ShopTasks1.Shop.class);
    } else {
      TaskJar.write(place.resolve("tasks/shop.jar"), ShopTasks2.class, ShopTasks2.Shop.class);
    }
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-jar",
            System.getProperty("mrq.worker.jar"),
            "--server.port=0",
            "--spring.application.name=shop",
            "--spring.application.version=" + version,
            "--spring.mongodb.uri=" + client.getBean(EmbeddedMongo.class).uri(),
            "--spring.data.redis.host=127.0.0.1",
            "--spring.data.redis.port=" + client.getBean(EmbeddedRedis.class).port());
    Process worker =
        new ProcessBuilder(command)
            .directory(place.toFile())
            .redirectErrorStream(true)
            .redirectOutput(place.resolve("log").toFile())
            .start();
    workers.add(worker);
    return worker;
  }

  /** Ten jobs of each task, in turn. */
  private List<JobId> enqueue(String... paths) {
    List<JobRequest> requests = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      for (String path : paths) {
        requests.add(JobRequest.of(path).queue("default"));
      }
    }
    return client.getBean(JobClient.class).enqueueAll(requests);
  }

  private List<Job> jobs(List<JobId> ids) {
    JobInspector inspector = client.getBean(JobInspector.class);
    return ids.stream().map(id -> inspector.find(id).orElseThrow()).toList();
  }

  private void awaitParked(String path) {
    ParkedTasks parked = client.getBean(ParkedTasks.class);
    await()
        .atMost(PATIENCE)
        .until(() -> parked.notes().stream().map(ParkedTask::path).anyMatch(path::equals));
  }

  private void succeed(List<JobId> ids) throws IOException {
    try {
      await()
          .atMost(PATIENCE)
          .until(() -> jobs(ids).stream().allMatch(job -> job.status().isFinal()));
    } catch (ConditionTimeoutException e) {
      StringBuilder logs = new StringBuilder();
      for (String version : List.of("1", "2")) {
        Path log = folder.resolve("version" + version).resolve("log");
        logs.append(Files.exists(log) ? Files.readString(log) : "");
      }
      throw new AssertionError(logs.toString(), e);
    }
    assertThat(jobs(ids))
        .allSatisfy(job -> {
          assertThat(job.status()).as("%s", job.traceback()).isEqualTo(JobStatus.SUCCESS);
          assertThat(job.attempt()).isEqualTo(1);
          assertThat(job.crashes()).isZero();
        });
  }
}
