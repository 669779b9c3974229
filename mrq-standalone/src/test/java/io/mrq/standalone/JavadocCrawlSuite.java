package io.mrq.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * Real input: every page of a large library's Javadoc, fetched by HTTP jobs while a worker is
 * killed.
 */
abstract class JavadocCrawlSuite {
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private static final String LARGE_PAGES = "--mrq.tasks.http.max-response-size=10MB";

  @TempDir Path folder;

  abstract Stores stores(Path data);

  // SEED-03
  @Test
  void everyPageIsFetchedThoughAWorkerIsKilledHalfWay() throws Exception {
    try (ZipFile jar = new ZipFile(System.getProperty("javadoc.jar"));
        TargetServer target = new TargetServer(exchange -> serve(jar, exchange));
        Fleet fleet = new Fleet(stores(folder.resolve("data")), folder)) {
      List<String> pages =
          jar.stream().filter(e -> !e.isDirectory()).map(ZipEntry::getName).toList();
      ServiceProcess doomed = fleet.worker(50, LARGE_PAGES);
      fleet.worker(50, LARGE_PAGES);
      fleet.awaitReady();
      long begun = System.nanoTime();
      fleet.api().enqueueAll(pages.stream().map(p -> fetch(target, p)).toList());
      await()
          .atMost(PATIENCE)
          .pollInterval(Duration.ofMillis(100))
          .until(() -> doomed.api().metric("mrq_job_finished_total") >= pages.size() / 4.0);
      doomed.kill();

      await()
          .atMost(PATIENCE)
          .pollInterval(Duration.ofSeconds(1))
          .until(() -> fleet.api().count("status=queued,started,retry,interrupt") == 0);
      System.out.printf(
          "FIGURE %,d pages of Javadoc fetched in %.1f s, one of two workers killed%n",
          pages.size(), (System.nanoTime() - begun) / 1e9);
      List<JsonNode> done = fleet.api().jobs("status=success");
      assertThat(done).hasSameSizeAs(pages);
      assertThat(done.stream().map(j -> j.get("params").get("url").asString()))
          .containsExactlyInAnyOrderElementsOf(
              pages.stream().map(p -> target.url() + "/" + p).toList());
    }
  }

  private static Map<String, Object> fetch(TargetServer target, String page) {
    return Map.of("path", "mrq.tasks.Http", "params", Map.of("url", target.url() + "/" + page));
  }

  private static void serve(ZipFile jar, HttpExchange exchange) throws IOException {
    ZipEntry entry = jar.getEntry(exchange.getRequestURI().getPath().substring(1));
    if (entry == null) {
      TargetServer.answer(exchange, 404, new byte[0]);
      return;
    }
    try (InputStream page = jar.getInputStream(entry)) {
      TargetServer.answer(exchange, 200, page.readAllBytes());
    }
  }
}
