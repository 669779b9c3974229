package io.mrq.deployment.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.mrq.client.JobActions;
import io.mrq.client.JobClient;
import io.mrq.client.JobInspector;
import io.mrq.client.JobRequest;
import io.mrq.job.JobId;
import io.mrq.key.IdempotencyKey;
import io.mrq.standalone.MrqStandaloneApplication;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Every query of the alert rules and of the dashboard asks for a metric, and for labels, that the
 * services export once they have had jobs of every kind.
 */
class ExportedMetricsTest {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  /** What Prometheus adds to whatever it scrapes. */
  private static final Set<String> OF_THE_TARGET = Set.of("instance", "job", "namespace", "pod");

  @TempDir static Path folder;
  private static ConfigurableApplicationContext services;
  private static Scrape scrape;

  @BeforeAll
  static void runJobsOfEveryKind() {
    services =
        new SpringApplicationBuilder(MrqStandaloneApplication.class, TroubledTasks.class)
            .run(
                "--server.port=0",
                "--mrq.worker.enabled=true",
                "--mrq.scheduler.enabled=true",
                "--mrq.embedded.data-dir=" + folder);
    JobClient client = services.getBean(JobClient.class);
    JobActions actions = services.getBean(JobActions.class);
    JobId failed = client.enqueue(JobRequest.of("troubled.Fail")).id();
    JobId givenUp = client.enqueue(JobRequest.of("troubled.GiveUp")).id();
    IdempotencyKey key = new IdempotencyKey("test", "once", "");
    client.enqueueOnce(JobRequest.of("troubled.Succeed"), key);
    client.enqueueOnce(JobRequest.of("troubled.Succeed"), key);
    actions.cancel(client.enqueue(JobRequest.of("troubled.Succeed").queue("nobody")).id(), false);
    client.enqueue(JobRequest.of("troubled.Succeed").queue("nobody"));
    awaitFinal(failed);
    awaitFinal(givenUp);
    actions.requeue(failed, null, false);
    get("/api/v1/queues");
    scrape =
        await()
            .atMost(PATIENCE)
            .pollInterval(Duration.ofMillis(500))
            .until(
                () -> Scrape.of(get("/actuator/prometheus")),
                s ->
                    s.labels().containsKey("mrq_queue_oldest_age_seconds")
                        && s.labels().containsKey("http_server_requests_seconds_count"));
  }

  @AfterAll
  static void stop() {
    services.close();
  }

  @Test
  void everyAlertAsksForWhatIsExported() {
    for (JsonNode rule : AlertRules.all()) {
      isExported(rule.path("alert").asText(), rule.path("expr").asText());
    }
  }

  // MET-02
  @Test
  void everyPanelAsksForWhatIsExported() {
    Dashboard.queries().forEach(query -> isExported(query, query));
  }

  @Test
  void everyAutoscalerAsksForWhatIsExported() {
    for (String query :
        List.of(
            "sum(max by (queue) (mrq_queue_jobs{namespace=\"a\",queue=~\"b\",state=\"ready\"}))",
            "max(mrq_queue_oldest_age_seconds{namespace=\"a\",queue=~\"b\"})")) {
      isExported(query, query);
    }
  }

  @Test
  void countersThatAlertsLookAtAreThereBeforeTheirFirstEvent() {
    // None of these has happened here, and an increase needs a value to start from.
    assertThat(scrape.text()).contains("mrq_worker_lost_total 0.0", "mrq_job_refused_total{");
  }

  @Test
  void ourOwnMetricsAreAsPrometheusWantsThem() throws IOException {
    Promtool.assumeInstalled();
    Files.writeString(folder.resolve("own.txt"), scrape.own());

    Promtool.checkMetrics(folder.resolve("own.txt"));
  }

  private static void isExported(String what, String promql) {
    Query query = Query.of(promql);
    assertThat(query.metrics()).as(what).isNotEmpty();
    Set<String> labels = new TreeSet<>(OF_THE_TARGET);
    for (String metric : query.metrics()) {
      assertThat(scrape.labels()).as(what).containsKey(metric);
      labels.addAll(scrape.labels().getOrDefault(metric, Set.of()));
    }
    assertThat(labels).as(what).containsAll(query.labels());
  }

  private static void awaitFinal(JobId id) {
    JobInspector inspector = services.getBean(JobInspector.class);
    await().atMost(PATIENCE).until(() -> inspector.find(id).orElseThrow().status().isFinal());
  }

  private static String get(String path) {
    String port = services.getEnvironment().getProperty("local.server.port");
    try (HttpClient http = HttpClient.newHttpClient()) {
      URI uri = URI.create("http://127.0.0.1:" + port + path);
      return http.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
          .body();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
