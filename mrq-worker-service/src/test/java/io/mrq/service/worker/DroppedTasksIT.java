package io.mrq.service.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.example.greetings.GreetingTasks;
import io.mrq.client.JobClient;
import io.mrq.client.JobInspector;
import io.mrq.client.JobRequest;
import io.mrq.embedded.EmbeddedMongo;
import io.mrq.embedded.EmbeddedRedis;
import io.mrq.job.Job;
import io.mrq.job.JobId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.core.ConditionTimeoutException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * "Drop a jar of tasks beside the worker service": the runnable jar as a process, with a jar of
 * somebody else's.
 */
class DroppedTasksIT {
  @TempDir Path folder;
  @TempDir static Path data;
  private static ConfigurableApplicationContext client;
  private @Nullable Process worker;

  /** Hosts the stores, enqueues and maintains; runs no jobs. */
  @EnableAutoConfiguration
  static class Client {}

  @BeforeAll
  static void startStores() {
    client =
        new SpringApplicationBuilder(Client.class)
            .web(WebApplicationType.NONE)
            .run("--mrq.worker.enabled=false", "--mrq.embedded.data-dir=" + data);
  }

  @AfterAll
  static void stopStores() {
    client.close();
  }

  @AfterEach
  void stop() throws Exception {
    if (worker != null) {
      worker.destroyForcibly().waitFor();
    }
  }

  @Test
  void findsTasksInTheFolderTasksOfTheWorkingDirectory() throws Exception {
    writeJar(folder.resolve("tasks/greetings.jar"));

    start();

    assertThat(greet("Ada")).isEqualTo(Map.of("greeting", "Hello Ada"));
  }

  @Test
  void findsTasksWhereTheLoaderPathSays() throws Exception {
    writeJar(folder.resolve("elsewhere/greetings.jar"));

    start("-Dloader.path=elsewhere");

    assertThat(greet("Grace")).isEqualTo(Map.of("greeting", "Hello Grace"));
  }

  private void start(String... options) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(options));
    command.addAll(
        List.of(
            "-jar",
            System.getProperty("mrq.worker.jar"),
            "--server.port=0",
            "--spring.mongodb.uri=" + client.getBean(EmbeddedMongo.class).uri(),
            "--spring.data.redis.host=127.0.0.1",
            "--spring.data.redis.port=" + client.getBean(EmbeddedRedis.class).port()));
    worker =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("log").toFile())
            .start();
  }

  private @Nullable Object greet(String name) throws IOException {
    JobRequest request = JobRequest.of("greetings.Greet").param("name", name);
    JobId id = client.getBean(JobClient.class).enqueue(request).id();
    JobInspector inspector = client.getBean(JobInspector.class);
    try {
      Job job =
          await()
              .atMost(Duration.ofMinutes(3))
              .until(() -> inspector.find(id).orElseThrow(), j -> j.status().isFinal());
      assertThat(job.traceback()).isNull();
      return job.result();
    } catch (ConditionTimeoutException e) {
      throw new AssertionError(Files.readString(folder.resolve("log")), e);
    }
  }

  private static void writeJar(Path jar) throws IOException {
    TaskJar.write(jar, GreetingTasks.class, GreetingTasks.Greeter.class);
  }
}
