package io.mrq.standalone;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An operator's day in a real browser, on the service that the README's first command starts. */
class DashboardIT {
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final int JOBS = 30;

  @TempDir static Path folder;
  private static Chromium chromium;
  private static ServiceProcess service;
  private static TargetServer partner;
  private static final AtomicBoolean broken = new AtomicBoolean();
  private Page page;

  @BeforeAll
  static void start() {
    chromium = Chromium.launch();
    PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE.toMillis());
    partner =
        new TargetServer(exchange ->
            TargetServer.answer(
                exchange,
                broken.get() ? 500 : 200,
                (broken.get() ? "the price list is gone" : "{\"price\": 7}")
                    .getBytes(StandardCharsets.UTF_8)));
    service =
        ServiceProcess.startUnpacked(
                "mrq-standalone",
                folder,
                List.of(
                    "--mrq.embedded.data-dir=" + folder.resolve("data"),
                    "--mrq.worker.name=desk-1",
                    "--mrq.tasks.http.allow-private-addresses=true"))
            .awaitReady();
  }

  @AfterAll
  static void stop() {
    if (service != null) {
      service.close();
      partner.close();
    }
    if (chromium != null) {
      chromium.close();
    }
  }

  @BeforeEach
  void openABrowser() {
    page = chromium.desktop(ColorScheme.LIGHT);
  }

  @AfterEach
  void noPageComplained() {
    page.context().close();
    assertThat(chromium.complaints()).isEmpty();
  }

  private void open(String address) {
    page.navigate("http://127.0.0.1:" + service.port() + "/dashboard/" + address);
  }

  private Locator button(String name) {
    return page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name));
  }

  private Map<String, Object> call(int number) {
    return Map.of(
        "path",
        "mrq.tasks.Http",
        "params",
        Map.of("url", partner.url() + "/prices/" + number),
        "max_retries",
        0);
  }

  // UI-08, UI-10, UI-14, SEED-10, SEED-12
  @Test
  void aTaskStartsFailingIsUnderstoodMendedAndRequeued() {
    open("exceptions");
    broken.set(true);
    List<String> ids =
        service.api().enqueueAll(IntStream.range(0, JOBS).mapToObj(this::call).toList());

    // It appears by itself.
    Locator group = page.getByLabel("UnexpectedStatus in mrq.tasks.Http");
    assertThat(group.locator(".count")).containsText(Integer.toString(JOBS));
    group.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Trace")).click();
    assertThat(group.locator(".trace")).containsText("answered 500");
    assertThat(group.locator(".trace")).containsText("the price list is gone");

    broken.set(false);
    group
        .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Requeue " + JOBS))
        .click();
    assertThat(page.getByRole(AriaRole.DIALOG)).containsText("Requeue " + JOBS + " jobs?");
    page.getByRole(AriaRole.DIALOG)
        .getByRole(
            AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Requeue " + JOBS + " jobs"))
        .click();

    assertThat(page.getByText(JOBS + " jobs requeued.")).isVisible();
    // While the pointer is in the list, the group stays where it is.
    page.locator("h1").hover();
    assertThat(group).hasCount(0);
    await()
        .atMost(PATIENCE)
        .until(() -> service.api().count("status=success&path=mrq.tasks.Http") == JOBS);

    open("jobs/" + ids.getFirst());
    assertThat(page.locator(".job-head .badge")).hasText("success");
    assertThat(page.locator(".timeline")).containsText("UnexpectedStatus");
    open("audit");
    assertThat(page.locator("tbody tr").first()).containsText(JOBS + " jobs");
  }

  // QUE-16, UI-03
  @Test
  void aQueueIsPausedWithAReasonAndGoesOn() {
    service.api().enqueue(Map.of("path", "mrq.tasks.Echo", "delay", "1h"));
    open("queues");
    button("Pause default").click();
    page.getByLabel("Reason (shown to others)").fill("the gateway is down");
    page.getByRole(AriaRole.DIALOG)
        .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Pause").setExact(true))
        .click();

    Locator row =
        page.locator("tbody tr").filter(new Locator.FilterOptions().setHasText("default"));
    assertThat(row).containsText("paused");
    assertThat(row).containsText("the gateway is down");
    // Workers look at the pauses every two seconds.
    String held = enqueuedAndHeld();

    button("Resume default").click();
    await()
        .atMost(PATIENCE)
        .until(() -> service.api().job(held).get("status").asString().equals("success"));
    assertThat(row).not().containsText("paused");
  }

  /** Enqueues until a job is not run any more: then every worker knows. */
  private String enqueuedAndHeld() {
    return await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(500))
        .until(
            () -> {
              String id = service.api().enqueue(Map.of("path", "mrq.tasks.Echo"));
              return stillQueuedAfterASecond(id) ? id : "";
            },
            id -> !id.isEmpty());
  }

  private static boolean stillQueuedAfterASecond(String id) {
    try {
      await()
          .atMost(Duration.ofSeconds(1))
          .until(() -> !service.api().job(id).get("status").asString().equals("queued"));
      return false;
    } catch (ConditionTimeoutException _) {
      return true;
    }
  }

  // UI-04
  @Test
  void aWorkerIsDrainedAndTakesWorkAgain() {
    open("workers");
    button("Drain desk-1").click();
    page.getByRole(AriaRole.DIALOG)
        .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Drain").setExact(true))
        .click();
    assertThat(page.getByLabel("Worker desk-1")).containsText("draining");
    String held = enqueuedAndHeld();

    button("Let desk-1 take jobs again").click();
    await()
        .atMost(PATIENCE)
        .until(() -> service.api().job(held).get("status").asString().equals("success"));
    assertThat(page.getByLabel("Worker desk-1")).containsText("working");
  }

  /** The filter lives in the address, with suggestions. */
  // UI-09, UI-15
  @Test
  void jobsAreFoundByFilterAndKeyboard() {
    List<String> ids =
        service
            .api()
            .enqueueAll(
                Collections.nCopies(
                    3, Map.of("path", "mrq.tasks.Echo", "queue", "nobody-serves-this")));
    open("jobs");
    assertThat(page.getByRole(AriaRole.COMBOBOX)).isVisible();
    page.keyboard().press("/");
    assertThat(page.getByRole(AriaRole.COMBOBOX)).isFocused();
    page.keyboard().type("queue:nobody");
    assertThat(page.getByRole(AriaRole.OPTION).first()).containsText("nobody-serves-this");
    page.keyboard().press("Enter");
    assertThat(page.locator("tbody tr")).hasCount(3);
    assertThat(page.url()).contains("queue=nobody-serves-this");

    page.locator("h1").click();
    page.keyboard().press("j");
    page.keyboard().press("x");
    assertThat(page.getByText("1 selected")).isVisible();
    page.keyboard().press("c");
    page.getByRole(AriaRole.DIALOG)
        .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Cancel 1 job"))
        .click();
    await().atMost(PATIENCE).until(() -> service.api().count("status=cancel") == 1);
    assertThat(page.locator("tbody .badge.warn")).hasText("cancel");
    page.keyboard().press("Escape");
    page.getByRole(AriaRole.COMBOBOX).fill(ids.getLast());
    page.keyboard().press("Enter");
    assertThat(page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setLevel(1)))
        .hasText("mrq.tasks.Echo");
    assertThat(page.url()).endsWith("/dashboard/jobs/" + ids.getLast());
  }

  @Test
  void aHiddenTabAndAPausedOneAskForNothing() {
    open("");
    assertThat(button("Live. Pause the live view").first()).isVisible();
    button("Live. Pause the live view").first().click();
    assertThat(button("Paused. Resume the live view").first()).isVisible();
    page.keyboard().press("p");
    assertThat(button("Live. Pause the live view").first()).isVisible();
  }
}
