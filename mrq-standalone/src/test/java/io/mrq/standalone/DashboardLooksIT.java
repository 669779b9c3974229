package io.mrq.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every page is for everybody (WCAG AA), fits a phone, and shows markup as the text that it is. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DashboardLooksIT {
  private static final List<String> PAGES =
      List.of("", "exceptions", "jobs", "queues", "workers", "recurring", "actions", "audit");
  private static final String MARKUP = "<img/src=x/onerror=ran=1>";

  @TempDir static Path folder;
  private Chromium chromium;
  private ServiceProcess service;
  private String failed = "";

  @BeforeAll
  void startEmptyThenFill() {
    chromium = Chromium.launch();
    service =
        ServiceProcess.startUnpacked(
                "mrq-standalone",
                folder,
                List.of(
                    "--mrq.embedded.data-dir=" + folder.resolve("data"),
                    "--mrq.worker.name=" + MARKUP,
                    // A failed job is the simplest one to look at.
                    "--mrq.worker.unknown-tasks=fail"))
            .awaitReady();
    look(ColorScheme.LIGHT, true);
    ApiClient api = service.api();
    // No worker knows this task: the failure's text repeats its name.
    failed = api.enqueue(Map.of("path", MARKUP, "params", Map.of(MARKUP, MARKUP)));
    api.enqueue(Map.of("path", "mrq.tasks.Echo", "params", Map.of("text", MARKUP)));
    api.enqueue(Map.of("path", MARKUP, "delay", "1h"));
    api.post("/api/v1/queues/pause", Map.of("queue", "parked", "reason", MARKUP));
    api.put(
        "/api/v1/schedules/looked-at",
        Map.of("path", MARKUP, "daily_at", "03:00", "params", Map.of(MARKUP, MARKUP)));
    api.post("/api/v1/schedules/looked-at/pause", Map.of("reason", MARKUP));
    api.post("/api/v1/schedules/looked-at/skip-next");
    api.post(
        "/api/v1/actions",
        Map.of("kind", "requeue", "filter", Map.of("path", MARKUP, "status", List.of("failed"))));
    // The action may queue the failed job again, so only what comes after it lasts.
    Awaitility.await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> api.get("/api/v1/actions").body().contains("\"status\":\"done\""));
    Awaitility.await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> api.count("status=failed") == 1 && api.count("status=success") == 1);
  }

  @AfterAll
  void stop() {
    if (service != null) {
      service.close();
    }
    if (chromium != null) {
      chromium.close();
    }
  }

  @ParameterizedTest
  @CsvSource({"LIGHT, true", "DARK, true", "LIGHT, false", "DARK, false"})
  void everyPageIsAccessibleAndFits(ColorScheme scheme, boolean desktop) {
    look(scheme, desktop);
  }

  private void look(ColorScheme scheme, boolean desktop) {
    Page page = desktop ? chromium.desktop(scheme) : chromium.phone(scheme);
    for (String name : PAGES) {
      judge(page, name);
    }
    if (!failed.isEmpty()) {
      judge(page, "jobs/" + failed);
      judge(page, "recurring/looked-at");
    }
    page.context().close();
    assertThat(chromium.complaints()).isEmpty();
  }

  private void judge(Page page, String name) {
    open(page, name);
    assertThat(new AxeBuilder(page).analyze().getViolations())
        .as(name)
        .allSatisfy(violation ->
            assertThat(violation.getNodes().stream().map(node -> node.getHtml()).toList())
                .as(violation.getId() + ": " + violation.getHelp())
                .isEmpty());
    assertThat(page.evaluate("document.documentElement.scrollWidth - window.innerWidth"))
        .as("how much wider than the screen: " + name)
        .isIn(0, -15);
  }

  private void open(Page page, String name) {
    page.navigate("http://127.0.0.1:" + service.port() + "/dashboard/" + name);
    page.waitForSelector(".pulse.live:visible");
    page.waitForSelector("main h1, main .headline");
    page.waitForSelector("main .panel, main .figures, main .group");
  }

  // BUG-21
  @Test
  void markupInAnyFieldIsShownAndNeverRun() {
    Page page = chromium.desktop(ColorScheme.LIGHT);
    for (String name :
        List.of(
            "exceptions",
            "jobs",
            "jobs/" + failed,
            "queues",
            "workers",
            "recurring",
            "recurring/looked-at",
            "actions",
            "audit")) {
      open(page, name);
      assertThat(page.locator("main").innerText()).as(name).contains(MARKUP);
      assertThat(page.locator("img[src='x']").count()).as(name).isZero();
    }
    open(page, "");
    assertThat(page.locator("main").innerText()).contains(MARKUP);
    assertThat(page.evaluate("window.ran")).isNull();
    page.context().close();
  }
}
