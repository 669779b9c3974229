package io.mrq.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoCollection;
import io.mrq.mongo.MongoStores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.bson.Document;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * How long each page of the dashboard waits for its data with 30,000 jobs in the embedded store.
 * Tells figures in {@code target/many-jobs.txt} and judges none; run with {@code -Dmrq.bench=true
 * -Dtest=ManyJobsBench}.
 */
@Tag("bench")
@EnabledIfSystemProperty(named = "mrq.bench", matches = "true")
class ManyJobsBench {
  private static final int JOBS = 30_000;
  private static final int ROUNDS = 10;

  private static final List<String> figures = new ArrayList<>();

  @TempDir Path folder;

  @AfterAll
  static void tell() throws IOException {
    Files.write(Path.of("target", "many-jobs.txt"), figures);
  }

  @ParameterizedTest
  @ValueSource(strings = {"mixed", "failed"})
  void everyRouteWithThirtyThousandJobs(String kind) {
    try (ConfigurableApplicationContext service =
        SpringApplication.run(
            MrqApiApplication.class,
            "--server.port=0",
            "--mrq.embedded.data-dir=" + folder,
            "--" + StarterSwitchedOff.REAL_STORES + "=true")) {
      service.getBean(MongoStores.class).indexes().ensure();
      store(
          service.getBean(MongoClient.class).getDatabase("mrq").getCollection("mrq_jobs"),
          kind.equals("failed"));
      Api api =
          new Api(() ->
              service.getEnvironment().getRequiredProperty("local.server.port", Integer.class));
      for (String route :
          List.of(
              "/overview?",
              "/exceptions?limit=4%d",
              "/exceptions?queue=q3&limit=4%d",
              "/jobs?view=summary",
              "/jobs?view=summary&status=failed",
              "/jobs?view=summary&status=failed,timeout,maxretries",
              "/jobs?view=summary&queue=q3",
              "/jobs?view=summary&queue=q3&status=queued",
              "/jobs?view=summary&path=com.example.Task7",
              "/jobs?view=summary&path=com.example.Task7&status=failed",
              "/jobs?view=summary&exceptiontype=Error3",
              "/jobs?view=summary&status=failed&path=com.example.Task7&exceptiontype=Error3",
              "/jobs?view=summary&exceptiontype=None",
              "/jobs?view=summary&queue=q3&exceptiontype=None",
              "/jobs?view=summary&path=com.example.Task7&status=timeout",
              "/jobs?view=summary&status=cancel",
              "/jobs?view=summary&worker=0123456789abcdef01234567",
              "/jobs/count?",
              "/jobs/count?status=failed",
              "/jobs/count?status=queued&queue=q3",
              "/jobs/count?exceptiontype=Error3",
              "/suggestions?field=queue",
              "/suggestions?field=path&prefix=com.",
              "/suggestions?field=exceptiontype",
              "/queues?",
              "/workers?")) {
        measure(api, kind, route);
      }
    }
  }

  private static void measure(Api api, String kind, String route) {
    List<Long> millis = new ArrayList<>();
    List<Long> cpu = new ArrayList<>();
    for (int i = 0; i < ROUNDS; i++) {
      long cpuBefore = cpuMillis();
      long begun = System.nanoTime();
      Answer answer = api.get("/api/v1" + route.formatted(i).replaceFirst("\\?$", ""));
      millis.add(Duration.ofNanos(System.nanoTime() - begun).toMillis());
      cpu.add(cpuMillis() - cpuBefore);
      assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    }
    long first = millis.getFirst();
    List<Long> sorted = millis.stream().sorted().toList();
    figures.add(
        "%-7s %-85s first %5d ms, median %5d ms, longest %5d ms; CPU of the process, median %5d ms"
            .formatted(
                kind,
                route,
                first,
                sorted.get(ROUNDS / 2),
                sorted.getLast(),
                cpu.stream().sorted().toList().get(ROUNDS / 2)));
  }

  /** What a busy machine does not change. */
  private static long cpuMillis() {
    return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO).toMillis();
  }

  private static void store(MongoCollection<Document> jobs, boolean allFailed) {
    Random random = new Random(1);
    Instant now = Instant.now();
    String trace =
        "java.lang.IllegalStateException: no luck\n"
            + "\tat com.example.A.b(A.java:7)\n".repeat(80);
    List<Document> batch = new ArrayList<>();
    for (int i = 0; i < JOBS; i++) {
      String status =
          allFailed || i % 2 == 0
              ? "failed"
              : i % 6 == 1 ? "success" : i % 6 == 3 ? "queued" : "retry";
      Instant date = now.minusSeconds(random.nextInt(3 * 86_400)).truncatedTo(ChronoUnit.MILLIS);
      int task = random.nextInt(20);
      Document job =
          new Document("_id", new ObjectId())
              .append("path", "com.example.Task" + task)
              .append("params", new Document("n", i).append("text", "x".repeat(100)))
              .append("queue", "q" + random.nextInt(10))
              .append("datequeued", date)
              .append("status", status)
              .append("order", (double) date.toEpochMilli());
      if (status.equals("failed")) {
        int type = random.nextInt(5);
        job.append("dateupdated", date)
            .append("exceptiontype", "Error" + type)
            .append("fingerprint", "com.example.A.b:" + task + type)
            .append("traceback", trace)
            .append(
                "traceback_history",
                List.of(
                    new Document("date", date)
                        .append("status", "failed")
                        .append("exceptiontype", "Error" + type)
                        .append("traceback", trace)));
      }
      batch.add(job);
      if (batch.size() == 500) {
        jobs.insertMany(batch);
        batch.clear();
      }
    }
  }
}
