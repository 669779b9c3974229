package io.mrq.deployment.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.example.greetings.GreetingTasks;
import io.mrq.client.JobClient;
import io.mrq.client.JobInspector;
import io.mrq.client.JobRequest;
import io.mrq.deployment.compose.ComposeFile;
import io.mrq.embedded.EmbeddedMongo;
import io.mrq.embedded.EmbeddedRedis;
import io.mrq.job.Job;
import io.mrq.job.JobId;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * The Dockerfile's commands on the real jars: the training run needs no store, its cache is used,
 * and what then runs is a service that reports its health, writes nothing to its own files and ends
 * when told to.
 */
class ImageIT {
  private static final String IMPORTS =
      "META-INF/spring/org.springframework.boot.autoconfigure.AutoConfiguration.imports";
  private static final int STOPPED_BY_SIGTERM = 143;

  @TempDir static Path data;
  @TempDir static Path images;
  @TempDir Path folder;
  private static final Map<String, BuiltImage> BUILT = new ConcurrentHashMap<>();
  private static ConfigurableApplicationContext stores;

  /** Hosts the stores, enqueues and maintains; runs no jobs. */
  @EnableAutoConfiguration
  static class Stores {}

  @BeforeAll
  static void startStores() {
    stores =
        new SpringApplicationBuilder(Stores.class)
            .web(WebApplicationType.NONE)
            .run("--mrq.worker.enabled=false", "--mrq.embedded.data-dir=" + data);
  }

  @AfterAll
  static void stopStores() {
    stores.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"mrq-api-service", "mrq-scheduler-service"})
  void aServiceStartsFromItsCacheAndEndsWhenTold(String service) {
    BuiltImage image = image(service);
    Map<String, String> before = image.files();

    // "on" refuses to start where the cache cannot be used; the image itself then only starts
    // slower.
    try (Container container =
        start(image, "-XX:AOTMode=on", "-Xlog:class+load:file=" + classes())) {
      container.awaitHealthy();

      assertThat(classesFromTheCache()).isGreaterThan(8_000);
      assertThat(container.stop()).isEqualTo(STOPPED_BY_SIGTERM);
      assertThat(container.log()).doesNotContain("ERROR");
    }
    assertThat(image.files()).as("nothing is written but to /tmp").isEqualTo(before);
  }

  @Test
  void tasksOfYourOwnLieInAFolderAndTheCacheIsStillUsed() throws Exception {
    BuiltImage image = image("mrq-worker-service");
    writeTasks(image.path("/mrq/tasks/greetings.jar"));
    Files.createDirectories(image.path("/mrq/config"));
    Files.writeString(image.path("/mrq/config/application.yaml"), "mrq: {worker: {slots: 7}}\n");
    Map<String, String> before = image.files();

    try (Container container =
        start(image, "-XX:AOTMode=on", "-Xlog:class+load:file=" + classes())) {
      container.awaitHealthy();

      Job job = run(JobRequest.of("greetings.Greet").param("name", "Ada"));
      assertThat(job.traceback()).isNull();
      assertThat(job.result()).isEqualTo(Map.of("greeting", "Hello Ada"));
      assertThat(classesFromTheCache()).isGreaterThan(8_000);
      assertThat(container.get("/actuator/prometheus")).contains("mrq_worker_slots 7.0");
      assertThat(container.stop()).isEqualTo(STOPPED_BY_SIGTERM);
    }
    assertThat(image.files()).isEqualTo(before);
  }

  @Test
  void theApiRefusesToBeOpenToEverybody() {
    BuiltImage image = image("mrq-api-service");

    try (Container container =
        start(image, Map.of("SERVER_ADDRESS", image.environment().get("SERVER_ADDRESS")))) {
      assertThat(container.awaitEnd()).isEqualTo(1);
      assertThat(container.log()).contains("loopback");
    }
  }

  @Test
  void theApiOfTheComposeFileAsksForThePassword() {
    Map<String, String> settings = Map.of("MRQ_ADMIN_PASSWORD", "tell-nobody");
    Map<String, String> environment = ComposeFile.environment("api", settings);

    try (Container container = start(image("mrq-api-service"), environment)) {
      container.awaitHealthy();

      assertThat(container.status("/api/v1/session", "")).isEqualTo(401);
      assertThat(container.status("/api/v1/session", "admin:guess")).isEqualTo(401);
      assertThat(container.status("/api/v1/session", "admin:tell-nobody")).isEqualTo(200);
      assertThat(container.status("/actuator/prometheus", "")).isEqualTo(200);
    }
  }

  private static BuiltImage image(String service) {
    return BUILT.computeIfAbsent(service, s -> BuiltImage.of(s, images.resolve(s)));
  }

  private Container start(BuiltImage image, String... options) {
    return start(image, Map.of(), options);
  }

  private Container start(BuiltImage image, Map<String, String> environment, String... options) {
    Map<String, String> all = new HashMap<>(environment);
    all.put("SPRING_MONGODB_URI", stores.getBean(EmbeddedMongo.class).uri());
    all.put("SPRING_DATA_REDIS_HOST", "127.0.0.1");
    all.put("SPRING_DATA_REDIS_PORT", "" + stores.getBean(EmbeddedRedis.class).port());
    return Container.start(image, folder.resolve("log"), all, options);
  }

  private Path classes() {
    return folder.resolve("classes.log");
  }

  private long classesFromTheCache() {
    try (var lines = Files.lines(classes())) {
      return lines.filter(line -> line.contains("shared objects file")).count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Job run(JobRequest request) {
    JobId id = stores.getBean(JobClient.class).enqueue(request).id();
    JobInspector inspector = stores.getBean(JobInspector.class);
    return await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> inspector.find(id).orElseThrow(), j -> j.status().isFinal());
  }

  private static void writeTasks(Path jar) throws IOException {
    Files.createDirectories(Objects.requireNonNull(jar.getParent()));
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
      for (Class<?> type : List.of(GreetingTasks.class, GreetingTasks.Greeter.class)) {
        String name = type.getName().replace('.', '/') + ".class";
        try (InputStream bytes = type.getClassLoader().getResourceAsStream(name)) {
          write(out, name, Objects.requireNonNull(bytes).readAllBytes());
        }
      }
      write(out, IMPORTS, GreetingTasks.class.getName().getBytes(StandardCharsets.UTF_8));
    }
  }

  private static void write(JarOutputStream out, String name, byte[] bytes) throws IOException {
    out.putNextEntry(new JarEntry(name));
    out.write(bytes);
    out.closeEntry();
  }
}
