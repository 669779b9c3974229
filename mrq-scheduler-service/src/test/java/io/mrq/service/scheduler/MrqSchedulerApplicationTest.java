package io.mrq.service.scheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mrq.client.JobClient;
import io.mrq.client.JobInspector;
import io.mrq.client.JobRequest;
import io.mrq.engine.worker.Worker;
import io.mrq.job.JobId;
import io.mrq.job.JobStatus;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.ApplicationContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The whole application on the embedded stores, with its own settings but for the port. */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
class MrqSchedulerApplicationTest {
  @TempDir static Path data;

  private final HttpClient http = HttpClient.newHttpClient();
  private final ApplicationContext application;

  MrqSchedulerApplicationTest(@Autowired ApplicationContext application) {
    this.application = application;
  }

  @DynamicPropertySource
  static void dataFolder(DynamicPropertyRegistry properties) {
    properties.add("mrq.embedded.data-dir", data::toString);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/actuator/health", "/actuator/health/liveness", "/actuator/health/readiness"})
  void isUp(String path) throws Exception {
    HttpResponse<String> answer = get(path);

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).contains("\"status\":\"UP\"");
  }

  @Test
  void showsItsMetrics() throws Exception {
    HttpResponse<String> answer = get("/actuator/prometheus");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).contains("jvm_memory_used_bytes");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/actuator",
        "/actuator/env",
        "/actuator/info",
        "/actuator/beans",
        "/actuator/metrics",
        "/actuator/heapdump",
        "/actuator/loggers",
        "/api/v1/jobs"
      })
  void showsNothingElse(String path) throws Exception {
    HttpResponse<String> answer = get(path);

    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
  }

  /** The port has no credentials, so it must have no levers either. */
  // BUG-61
  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/error",
        "/api/v1/jobs",
        "/actuator/health",
        "/actuator/health/liveness",
        "/actuator/prometheus",
        "/actuator/shutdown",
        "/actuator/loggers/root"
      })
  void nothingCanBeChangedThere(String path) throws Exception {
    for (String method : List.of("POST", "PUT", "PATCH", "DELETE")) {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(url(path)))
              .method(method, BodyPublishers.ofString("{}"))
              .build();
      assertThat(http.send(request, BodyHandlers.ofString()).statusCode())
          .as(method)
          .isBetween(400, 599);
    }
  }

  @Test
  void maintainsOnLoopbackAndRunsNoJobs() {
    assertThat(application.getEnvironment().getProperty("server.address")).isEqualTo("127.0.0.1");
    assertThat(application.getBeansOfType(Worker.class)).isEmpty();
  }

  // SEED-22
  @Test
  void queuesADelayedJobWhenItIsDue() {
    JobRequest request = JobRequest.of("some.Task").delay(Duration.ofMillis(100));
    JobId id = application.getBean(JobClient.class).enqueue(request).id();

    JobInspector inspector = application.getBean(JobInspector.class);
    await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> inspector.find(id).orElseThrow().status() == JobStatus.QUEUED);
  }

  private String url(String path) {
    return "http://127.0.0.1:"
        + application.getEnvironment().getRequiredProperty("local.server.port")
        + path;
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return http.send(
        HttpRequest.newBuilder(URI.create(url(path))).build(), BodyHandlers.ofString());
  }
}
