package io.mrq.standalone;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.Assertions;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.springframework.util.FileSystemUtils;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * An operator's desk for the tests of one class: the service on stores of its own, a browser, and a
 * page of the dashboard at a time. A page that complains fails the test.
 */
@SuppressWarnings("NullAway.Init") // all is there before the first test
final class Desk implements BeforeAllCallback, AfterEachCallback, AfterAllCallback {
  static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private Chromium chromium;
  private ServiceProcess service;
  private Page page;

  @Override
  public void beforeAll(ExtensionContext context) throws IOException {
    chromium = Chromium.launch();
    PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE.toMillis());
    Path folder = Path.of("target", "desks", context.getRequiredTestClass().getSimpleName());
    FileSystemUtils.deleteRecursively(folder);
    service =
        ServiceProcess.startUnpacked(
                "mrq-standalone",
                folder,
                List.of(
                    "--mrq.embedded.data-dir=" + folder.resolve("data"),
                    "--mrq.worker.name=desk-1",
                    // Jobs that fail for sure are the simplest ones to look at.
                    "--mrq.worker.unknown-tasks=fail"))
            .awaitReady();
    page = chromium.desktop(ColorScheme.LIGHT);
  }

  @Override
  public void afterEach(ExtensionContext context) {
    Assertions.assertThat(complaints()).isEmpty();
  }

  @Override
  public void afterAll(ExtensionContext context) {
    if (service != null) {
      service.close();
    }
    if (chromium != null) {
      chromium.close();
    }
  }

  ApiClient api() {
    return service.api();
  }

  /** The page that is open. */
  Page page() {
    return page;
  }

  /** Opens an address below the dashboard in a fresh browser, and waits until it is live. */
  Page at(String address) {
    page.context().close();
    page = chromium.desktop(ColorScheme.LIGHT);
    page.navigate("http://127.0.0.1:" + service.port() + "/dashboard/" + address);
    page.waitForSelector(".pulse.live:visible");
    return page;
  }

  /** A button by its whole name. */
  Locator button(String name) {
    return page.getByRole(
        AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
  }

  Locator dialog() {
    return page.getByRole(AriaRole.DIALOG);
  }

  /** A button of the open dialog by its whole name. */
  Locator inDialog(String name) {
    return dialog()
        .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(name).setExact(true));
  }

  /** Types a whole condition into the filter, as one who does not look at suggestions. */
  void filter(String text) {
    page.getByRole(AriaRole.COMBOBOX, new Page.GetByRoleOptions().setName("Filter")).fill(text);
    page.keyboard().press("Enter");
  }

  /** What the audit log has of one kind of act. */
  List<JsonNode> audited(String action) {
    List<JsonNode> found = new ArrayList<>();
    JSON.readTree(api().get("/api/v1/audit?limit=200").body())
        .get("items")
        .forEach(entry -> {
          if (entry.get("action").asString().equals(action)) {
            found.add(entry);
          }
        });
    return found;
  }

  /** Enqueues jobs that fail at once, since no worker knows their task, and waits for that. */
  List<String> failing(String path, int jobs) {
    List<String> ids = api().enqueueAll(Collections.nCopies(jobs, Map.of("path", path)));
    Awaitility.await()
        .atMost(PATIENCE)
        .until(() -> api().count("status=failed&path=" + path) == jobs);
    return ids;
  }

  /** Counts requests of the page by method and the end of their path. */
  List<String> requests() {
    List<String> seen = new ArrayList<>();
    page.onRequest(request -> seen.add(request.method() + " " + request.url()));
    return seen;
  }

  void noDialogIsOpen() {
    assertThat(dialog()).hasCount(0);
  }

  /** What pages complained about since this was asked last. */
  List<String> complaints() {
    List<String> told = List.copyOf(chromium.complaints());
    chromium.complaints().clear();
    return told;
  }
}
