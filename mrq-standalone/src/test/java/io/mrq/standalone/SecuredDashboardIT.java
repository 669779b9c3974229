package io.mrq.standalone;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The dashboard where credentials are asked for: the browser's own password prompt, the token
 * against forged changes, and what each role may do.
 */
class SecuredDashboardIT {
  private static final String KEY = "key-of-a-shop-0123456789-0123456789";

  @TempDir static Path folder;
  private static Chromium chromium;
  private static ServiceProcess service;

  @BeforeAll
  static void start() throws Exception {
    chromium = Chromium.launch();
    PlaywrightAssertions.setDefaultAssertionTimeout(Duration.ofMinutes(1).toMillis());
    service =
        ServiceProcess.startUnpacked(
                "mrq-standalone",
                folder,
                List.of(
                    "--mrq.embedded.data-dir=" + folder.resolve("data"),
                    "--mrq.api.users[0].name=oncall",
                    "--mrq.api.users[0].password=pass:word",
                    "--mrq.api.users[0].role=operator",
                    "--mrq.api.users[1].name=guest",
                    "--mrq.api.users[1].password=look",
                    "--mrq.api.keys[0].name=shop",
                    "--mrq.api.keys[0].key=" + KEY,
                    "--mrq.api.keys[0].role=operator"))
            .awaitReady();
    HttpRequest job =
        HttpRequest.newBuilder(address("/api/v1/jobs"))
            .header("X-API-Key", KEY)
            .header("Content-Type", "application/json")
            .POST(
                HttpRequest.BodyPublishers.ofString(
                    "{\"path\":\"mrq.tasks.Echo\",\"delay\":\"1h\"}"))
            .build();
    assertThat(HttpClient.newHttpClient().send(job, BodyHandlers.ofString()).statusCode())
        .isEqualTo(201);
  }

  @AfterAll
  static void stop() {
    if (service != null) {
      service.close();
    }
    if (chromium != null) {
      chromium.close();
    }
  }

  @AfterEach
  void nothingWasRefused() {
    assertThat(chromium.complaints())
        .noneMatch(complaint ->
            complaint.contains("Security Policy")
                || complaint.contains("401")
                || complaint.contains("403"));
  }

  // RTE-17, AUTH-02
  @Test
  void aStrangerIsAskedForAPassword() throws Exception {
    var page =
        HttpClient.newHttpClient()
            .send(HttpRequest.newBuilder(address("/dashboard/")).build(), BodyHandlers.ofString());

    assertThat(page.statusCode()).isEqualTo(401);
    assertThat(page.headers().firstValue("WWW-Authenticate").orElseThrow()).startsWith("Basic ");
  }

  // BUG-17
  @Test
  void anOperatorChangesThingsInItsOwnName() {
    Page page = chromium.desktopAs("oncall", "pass:word");
    page.navigate(address("/dashboard/queues").toString());
    assertThat(page.locator(".who").first()).containsText("oncall");
    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Pause default")).click();
    page.getByRole(AriaRole.DIALOG).getByRole(AriaRole.TEXTBOX).fill("a test");
    page.getByRole(AriaRole.DIALOG)
        .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Pause").setExact(true))
        .click();

    Locator row =
        page.locator("tbody tr").filter(new Locator.FilterOptions().setHasText("default"));
    assertThat(row).containsText("paused");
    page.navigate(address("/dashboard/audit").toString());
    assertThat(page.locator("tbody tr").first()).containsText("oncall");
    page.context().close();
  }

  @Test
  void aViewerLooks() {
    Page page = chromium.desktopAs("guest", "look");
    page.navigate(address("/dashboard/queues").toString());

    assertThat(page.locator(".who").first()).containsText("guest");
    assertThat(page.locator("tbody tr").first()).containsText("default");
    assertThat(
            page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Pause default")))
        .isDisabled();
    page.context().close();
  }

  private static URI address(String path) {
    return URI.create("http://127.0.0.1:" + service.port() + path);
  }
}
