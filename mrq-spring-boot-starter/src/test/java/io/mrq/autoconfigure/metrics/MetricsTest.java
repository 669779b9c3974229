package io.mrq.autoconfigure.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.mrq.audit.AuditEntry;
import io.mrq.client.JobActions;
import io.mrq.client.JobClient;
import io.mrq.client.JobInspector;
import io.mrq.client.JobRequest;
import io.mrq.engine.event.WorkerEvent;
import io.mrq.engine.maintenance.MaintenanceEvent;
import io.mrq.job.Job;
import io.mrq.job.JobId;
import io.mrq.job.JobStatus;
import io.mrq.key.IdempotencyKey;
import io.mrq.recovery.RecoveryStore;
import io.mrq.task.JobContext;
import io.mrq.task.MrqTask;
import io.mrq.test.builder.JobBuilder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Bean;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** What Prometheus reads is what {@code docs/metrics.md} lists, and as it wants it. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.NONE)
@DirtiesContext
class MetricsTest {
  private static final Path LIST = Path.of("..", "docs", "metrics.md");
  private static final Pattern ROW = Pattern.compile("\\| `(mrq_\\w+)` \\| (\\w+) \\|([^|]*)\\|.*");
  private static final Pattern TYPE = Pattern.compile("# TYPE (mrq_\\w+) (\\w+)");
  private static final Pattern SAMPLE = Pattern.compile("(mrq_\\w+)(?:\\{(.*)})? .*");
  private static final Pattern LABEL = Pattern.compile("(\\w+)=\"");

  @TempDir static Path data;

  @Autowired private JobClient client;
  @Autowired private JobActions actions;
  @Autowired private JobInspector inspector;
  @Autowired private MicrometerEvents events;
  @Autowired private MaintenanceMeters maintenance;
  @Autowired private PrometheusMeterRegistry registry;

  @DynamicPropertySource
  static void stores(DynamicPropertyRegistry properties) {
    properties.add("mrq.embedded.data-dir", data::toString);
  }

  private Job ended(JobRequest request) {
    JobId id = client.enqueue(request).id();
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> inspector.find(id).orElseThrow().status().isFinal());
    return inspector.find(id).orElseThrow();
  }

  /** Everything happens once: for real, or told to the meters where that would take long. */
  private String scrape() {
    assertThat(ended(JobRequest.of("works")).status()).isEqualTo(JobStatus.SUCCESS);
    assertThat(ended(JobRequest.of("fails")).status()).isEqualTo(JobStatus.FAILED);
    assertThat(ended(JobRequest.of("retries")).status()).isEqualTo(JobStatus.SUCCESS);
    IdempotencyKey key = new IdempotencyKey("tests", "key", "body");
    client.enqueueOnce(JobRequest.of("works"), key);
    client.enqueueOnce(JobRequest.of("works"), key);
    JobId waiting = client.enqueue(JobRequest.of("works").delay(Duration.ofHours(1))).id();
    actions.cancel(waiting, false);
    actions.requeue(waiting, null, false);
    client.enqueue(JobRequest.of("works").delay(Duration.ofHours(1)));
    Job other = JobBuilder.aJob().build();
    events.on(new WorkerEvent.Refused(other));
    events.on(new WorkerEvent.LeaseLost());
    events.on(new WorkerEvent.LogLinesDropped(3));
    events.concluded("cancel", AuditEntry.Outcome.DONE);
    maintenance.on(new MaintenanceEvent.WorkerLost());
    maintenance.on(new MaintenanceEvent.BeatsDiscarded());
    maintenance.on(new MaintenanceEvent.Crashed(new RecoveryStore.Crash("default", "works", true)));
    maintenance.on(new MaintenanceEvent.Recovered(Duration.ofSeconds(6)));
    maintenance.on(new MaintenanceEvent.Reoffered(1));
    maintenance.on(new MaintenanceEvent.Expired(1));
    maintenance.on(new MaintenanceEvent.BulkChanged("requeue", 1));
    maintenance.on(new MaintenanceEvent.SlotEnqueued("nightly", Duration.ofMillis(20)));
    maintenance.on(new MaintenanceEvent.SlotsMissed("nightly", 1));
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> registry.scrape().contains("mrq_queue_oldest_age_seconds{"));
    return registry
        .scrape()
        .lines()
        .filter(MetricsTest::isOurs)
        .collect(Collectors.joining("\n", "", "\n"));
  }

  private static boolean isOurs(String line) {
    return line.startsWith("mrq_")
        || line.startsWith("# HELP mrq_")
        || line.startsWith("# TYPE mrq_");
  }

  // JOB-11, ENQ-07, MET-02, SEED-14
  @Test
  void theListIsWhatIsExportedAndPrometheusLikesIt() throws Exception {
    String scrape = scrape();
    System.out.println(scrape);

    assertThat(exported(scrape)).isEqualTo(listed());
    assertThat(scrape.lines().filter(line -> line.startsWith("mrq_job_dead_total")))
        .anyMatch(line -> line.contains("task=\"fails\"") && line.endsWith(" 1.0"))
        .anyMatch(line -> line.contains("task=\"works\"") && line.endsWith(" 0.0"));
    assertThat(scrape)
        .contains("mrq_job_retries_total{queue=\"default\",reason=\"asked\",task=\"retries\"} 1.0")
        .contains("mrq_store_available{store=\"mongodb\"} 1.0")
        .contains("mrq_store_available{store=\"redis\"} 1.0")
        .contains("mrq_worker_alive 1.0")
        .contains(
            "mrq_queue_paused{queue=\"default\"} 0.0", "mrq_queue_parked{queue=\"default\"} 0.0");
    promtool(scrape);
  }

  /** Name and type of each metric, with its labels. */
  private static Map<String, String> exported(String scrape) {
    Map<String, String> types = new TreeMap<>();
    Map<String, Set<String>> labels = new TreeMap<>();
    scrape
        .lines()
        .forEach(line -> {
          Matcher type = TYPE.matcher(line);
          if (type.matches()) {
            types.put(type.group(1), type.group(2));
            labels.put(type.group(1), new TreeSet<>());
          }
          Matcher sample = SAMPLE.matcher(line);
          if (sample.matches() && sample.group(2) != null) {
            String name = sample.group(1).replaceFirst("_(bucket|sum|count)$", "");
            Matcher label = LABEL.matcher(sample.group(2));
            while (label.find()) {
              if (!label.group(1).equals("le")) {
                labels
                    .getOrDefault(
                        labels.containsKey(sample.group(1)) ? sample.group(1) : name, Set.of())
                    .add(label.group(1));
              }
            }
          }
        });
    Map<String, String> all = new TreeMap<>();
    types.forEach((name, type) -> all.put(name, type + " " + labels.get(name)));
    return all;
  }

  private static Map<String, String> listed() throws IOException {
    Map<String, String> all = new TreeMap<>();
    for (String line : Files.readAllLines(LIST)) {
      Matcher row = ROW.matcher(line);
      if (row.matches()) {
        Set<String> labels =
            Stream.of(row.group(3).replaceAll("\\(.*?\\)", "").split(","))
                .map(String::strip)
                .filter(text -> !text.isEmpty())
                .collect(Collectors.toCollection(TreeSet::new));
        all.put(row.group(1), row.group(2) + " " + labels);
        if (!row.group(2).equals("counter") && !row.group(2).equals("gauge")) {
          all.put(row.group(1) + "_max", "gauge " + labels);
        }
      }
    }
    return all;
  }

  private static void promtool(String scrape) throws Exception {
    Path program =
        Stream.of(System.getenv("PATH").split(":"))
            .map(folder -> Path.of(folder, "promtool"))
            .filter(Files::isExecutable)
            .findFirst()
            .orElse(null);
    assumeTrue(program != null, "promtool is not installed");
    Process check =
        new ProcessBuilder(String.valueOf(program), "check", "metrics")
            .redirectErrorStream(true)
            .start();
    try (var input = check.outputWriter()) {
      input.write(scrape);
    }
    String complaints = new String(check.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(check.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(complaints).isEmpty();
    assertThat(check.exitValue()).isZero();
  }

  @SpringBootConfiguration
  @EnableAutoConfiguration
  static class Application {
    @Bean
    PrometheusMeterRegistry prometheus() {
      return new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    }

    @Bean
    Tasks tasks() {
      return new Tasks();
    }
  }

  static class Tasks {
    @MrqTask("works")
    void works() {}

    @MrqTask("fails")
    void fails() {
      throw new IllegalStateException("no luck");
    }

    @MrqTask("retries")
    void retries() {
      JobContext context = JobContext.current().orElseThrow();
      if (context.job().attempt() == 1) {
        throw context.retry("again", Duration.ZERO);
      }
    }
  }
}
