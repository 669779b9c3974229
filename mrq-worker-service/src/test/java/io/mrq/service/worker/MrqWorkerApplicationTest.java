package io.mrq.service.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.tracing.ScopedSpan;
import io.micrometer.tracing.Tracer;
import io.mrq.client.JobClient;
import io.mrq.client.JobInspector;
import io.mrq.client.JobRequest;
import io.mrq.job.Job;
import io.mrq.job.JobId;
import io.mrq.job.JobStatus;
import io.mrq.job.TraceContext;
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
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.ApplicationContext;
import org.springframework.core.env.Environment;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The whole application on the embedded stores, with its own settings but for the port. */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
class MrqWorkerApplicationTest {
  @TempDir static Path data;

  private final HttpClient http = HttpClient.newHttpClient();
  private final ApplicationContext application;

  MrqWorkerApplicationTest(@Autowired ApplicationContext application) {
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

  // WRK-17
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

  // WRK-17
  @Test
  void worksOnLoopbackAndLeavesMaintenanceToTheScheduler() {
    Environment settings = application.getEnvironment();
    assertThat(settings.getProperty("server.address")).isEqualTo("127.0.0.1");
    assertThat(settings.getProperty("mrq.worker.enabled")).isEqualTo("true");
    assertThat(settings.getProperty("mrq.scheduler.enabled")).isEqualTo("false");
  }

  @Test
  void runsAJobOfEcho() {
    Job job = run(JobRequest.of("mrq.tasks.Echo").param("a", 1).param("b", List.of("c")));

    assertThat(job.status()).isEqualTo(JobStatus.SUCCESS);
    assertThat(job.result()).isEqualTo(Map.of("a", 1, "b", List.of("c")));
  }

  // BAS-03, BAS-11, MIX-09
  @ParameterizedTest
  @ValueSource(
      strings = {
        "mrq.basetasks.cleaning.RequeueRetryJobs",
        "mrq.basetasks.cleaning.RequeueInterruptedJobs",
        "mrq.basetasks.cleaning.RequeueStartedJobs",
        "mrq.basetasks.cleaning.RequeueRedisStartedJobs",
        "mrq.basetasks.cleaning.RequeueLostJobs",
        "mrq.basetasks.cleaning.CleanKnownQueues",
        "mrq.basetasks.cleaning.MigrateKnownQueues",
        "mrq.basetasks.indexes.EnsureIndexes",
        "mrq.basetasks.orchestrator.Orchestrate",
        "mrq.basetasks.utils.JobAction"
      })
  void runsTheBaseTasksOfPythonMrq(String path) {
    Job job = run(JobRequest.of(path));

    assertThat(job.status()).as(job.traceback()).isEqualTo(JobStatus.SUCCESS);
    assertThat(job.result()).isInstanceOf(Map.class);
    if (path.endsWith("RequeueStartedJobs")) {
      assertThat(job.result()).isEqualTo(Map.of("started", 1L, "requeued", 0L));
    }
  }

  // BAS-08, BAS-09, MIX-09
  @Test
  void doesTheActionsOfPythonsDashboard() {
    JobClient client = application.getBean(JobClient.class);
    JobId waiting = client.enqueue(JobRequest.of("a.B").queue("nobody-listens")).id();

    Job cancel =
        run(
            JobRequest.of("mrq.basetasks.utils.JobAction")
                .params(Map.of("action", "cancel", "queue", "nobody-listens", "path", "")));
    Job requeue =
        run(
            JobRequest.of("mrq.basetasks.utils.JobAction")
                .params(
                    Map.of("action", "requeue", "status", "cancel", "queue", "nobody-listens")));

    assertThat(cancel.result())
        .as(cancel.toString())
        .isEqualTo(Map.of("requeued", 0L, "cancelled", 1L));
    assertThat(requeue.result())
        .as(requeue.toString())
        .isEqualTo(Map.of("requeued", 1L, "cancelled", 0L));
    assertThat(application.getBean(JobInspector.class).find(waiting).orElseThrow().status())
        .isEqualTo(JobStatus.QUEUED);
  }

  @Test
  void refusesAJobOfHttpThatCallsThisMachine() {
    Job job = run(JobRequest.of("mrq.tasks.Http").param("url", url("/actuator/health")));

    assertThat(job.status()).isEqualTo(JobStatus.FAILED);
    assertThat(job.exceptiontype()).isEqualTo("AddressRefused");
    assertThat(job.traceback()).contains("mrq.tasks.http.allow-private-addresses=true");
  }

  @Test
  void failsAJobWhoseParamsDoNotFit() {
    Job job = run(JobRequest.of("mrq.tasks.Http").param("method", "TRACE").param("urll", "x"));

    assertThat(job.status()).isEqualTo(JobStatus.FAILED);
    assertThat(job.exceptiontype()).isEqualTo("InvalidParamsException");
    assertThat(job.traceback())
        .contains("'url' is required")
        .contains("'method' must be an HTTP method other than CONNECT and TRACE");
  }

  /** Spans that nothing exports would cost more than the rest of a short run. */
  @Test
  void beginsNoTraceThatNobodySees() {
    Job job = run(JobRequest.of("mrq.tasks.Echo"));

    assertThat(job.trace()).isNull();
  }

  @Test
  void goesOnWithTheTraceOfTheSender() {
    ScopedSpan sender = application.getBean(Tracer.class).startScopedSpan("sender");
    Job job;
    try {
      job = run(JobRequest.of("mrq.tasks.Echo"));
    } finally {
      sender.end();
    }

    TraceContext trace = Objects.requireNonNull(job.trace());
    assertThat(trace.traceId()).isEqualTo(sender.context().traceId());
    assertThat(trace.attempt()).contains(sender.context().traceId());
  }

  private Job run(JobRequest request) {
    JobId id = application.getBean(JobClient.class).enqueue(request).id();
    JobInspector inspector = application.getBean(JobInspector.class);
    return await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> inspector.find(id).orElseThrow(), job -> job.status().isFinal());
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
