package io.mrq.benchmarks.row;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import io.mrq.benchmarks.process.ProcessUsage;
import io.mrq.benchmarks.process.Standalone;
import io.mrq.benchmarks.process.Workplace;
import io.mrq.benchmarks.report.Figures;
import io.mrq.benchmarks.report.RowResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.bson.Document;

/** The standalone under a load that does not end: 320 small jobs a second by HTTP. */
final class SteadyStandalone implements Row {
  private static final int BATCH = 32;
  private static final int BATCHES_A_SECOND = 10;
  private static final long PATIENCE_NANOS = 60_000_000_000L;

  @Override
  public String id() {
    return "steady-standalone";
  }

  @Override
  public String summary() {
    return "the standalone under 320 jobs a second for 8 minutes (--minutes): memory and disk";
  }

  @Override
  public RowResult measure(Setup setup) throws InterruptedException {
    int batches = BATCHES_A_SECOND * (setup.quick() ? 15 : 60 * setup.minutes());
    int jobs = BATCH * batches;
    Figures figures = new Figures();
    Path data = setup.place().dataFolder("standalone");
    try (Standalone standalone = Standalone.start(setup.place(), data)) {
      long disk = standalone.diskBytes();
      ProcessUsage before = standalone.service().usage();
      long most = load(figures, standalone, batches);
      awaitSuccess(standalone, jobs);
      ProcessUsage after = standalone.service().usage();
      figures.addKnown("most memory of the JVM", "MB", most / 1e6);
      figures.addKnown(
          "memory of its Redis", "MB", standalone.service().childUsage().residentBytes() / 1e6);
      figures.add("CPU of a job", "µs", 1.0 * (after.cpuMicros() - before.cpuMicros()) / jobs);
      figures.add("disk of a job", "B", 1.0 * (standalone.diskBytes() - disk) / jobs);
      figures.addKnown(
          "bytes written for a job",
          "B",
          1.0 * (after.writtenBytes() - before.writtenBytes()) / jobs);
    } finally {
      Workplace.delete(data);
    }
    figures.note(
        "Checked: every job that was acknowledged is stored as a success at the first attempt.");
    return figures.row(
        id(),
        "%,d jobs of mrq.tasks.Echo, %d a second, by HTTP in arrays of %d"
            .formatted(jobs, BATCH * BATCHES_A_SECOND, BATCH));
  }

  /** Answers the most memory that was seen. */
  private static long load(Figures figures, Standalone standalone, int batches)
      throws InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(standalone.service().uri("/api/v1/jobs"))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body()))
            .build();
    long most = 0;
    long started = System.nanoTime();
    try (HttpClient client = HttpClient.newHttpClient()) {
      for (int i = 1; i <= batches; i++) {
        int status = client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        if (status != 201) {
          throw new IllegalStateException("the API answered " + status);
        }
        long memory = standalone.service().usage().residentBytes();
        most = Math.max(most, memory);
        if (i == batches / 2) {
          figures.addKnown("memory of the JVM at half time", "MB", memory / 1e6);
        }
        long due = started + i * 1_000_000_000L / BATCHES_A_SECOND;
        Thread.sleep(Math.max(0, due - System.nanoTime()) / 1_000_000);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    double seconds = (System.nanoTime() - started) / 1e9;
    figures.add("rate that was kept", "jobs/s", BATCH * batches / seconds);
    figures.addKnown(
        "memory of the JVM at the end", "MB", standalone.service().usage().residentBytes() / 1e6);
    return most;
  }

  private static String body() {
    String job = "{\"path\":\"mrq.tasks.Echo\",\"params\":{\"hello\":\"world\",\"n\":1}}";
    return "[" + (job + ",").repeat(BATCH - 1) + job + "]";
  }

  private static void awaitSuccess(Standalone standalone, long jobs) throws InterruptedException {
    Document good = new Document("status", "success").append("attempt", 1);
    long started = System.nanoTime();
    try (MongoClient client = MongoClients.create(standalone.mongoUri())) {
      var stored = client.getDatabase("mrq").getCollection("mrq_jobs");
      while (stored.countDocuments(good) != jobs || stored.countDocuments() != jobs) {
        if (System.nanoTime() - started > PATIENCE_NANOS) {
          throw new IllegalStateException(
              "%d of %d jobs are successes".formatted(stored.countDocuments(good), jobs));
        }
        Thread.sleep(500);
      }
    }
  }
}
