package io.mrq.standalone;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.SelectOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The page of recurring jobs: make a schedule, see what it does, pause and run it. */
class DashboardRecurringIT {
  @RegisterExtension static final Desk desk = new Desk();

  private static Locator row(String name) {
    return desk.page()
        .locator(".schedules-table tbody tr", new Page.LocatorOptions().setHasText(name));
  }

  // UI-12
  @Test
  void aScheduleIsMadeWithAPreviewAndShowsItsSlots() {
    desk.at("recurring");
    assertThat(desk.page().getByText("Nothing recurs yet")).isVisible();
    desk.button("New schedule").click();
    desk.page().getByLabel("Name").fill("hello");
    desk.page().getByLabel("Task").fill("mrq.tasks.Echo");
    desk.page().getByLabel("An interval").fill("2");
    assertThat(desk.dialog().getByText("Next slots")).isVisible();
    assertThat(desk.dialog().locator(".preview li")).hasCount(5);
    desk.page().getByLabel("Params").fill("{\"a\": 1}");
    desk.inDialog("Make it").click();

    assertThat(row("hello")).containsText("mrq.tasks.Echo");
    assertThat(row("hello").locator(".strip .good").first()).isVisible();
    desk.page()
        .screenshot(
            new Page.ScreenshotOptions().setPath(Path.of("target", "screens", "recurring.png")));
    assertThat(desk.audited("schedule.define")).hasSize(1);
    desk.api().post("/api/v1/schedules/hello/pause", Map.of("reason", "end of the test"));
  }

  @Test
  void aWrongDefinitionIsExplainedInTheDialog() {
    desk.at("recurring");
    desk.button("New schedule").click();
    desk.page().getByLabel("Name").fill("wrong");
    desk.page().getByLabel("Task").fill("mrq.tasks.Echo");
    desk.page().getByLabel("When").selectOption(new SelectOption().setValue("cron"));
    desk.page().getByLabel("A cron expression").fill("now and then");

    assertThat(desk.dialog().getByRole(AriaRole.ALERT)).containsText("must be a cron expression");
    desk.inDialog("Back").click();
    assertThat(desk.api().get("/api/v1/schedules/wrong").statusCode()).isEqualTo(404);
    assertThat(desk.complaints()).allMatch(complaint -> complaint.contains("400"));
  }

  @Test
  void aScheduleIsPausedRunSkippedChangedAndDeleted() {
    desk.api()
        .put(
            "/api/v1/schedules/nightly",
            Map.of("path", "mrq.tasks.Echo", "cron", "0 3 * * MON-FRI", "zone", "Europe/Berlin"));
    desk.at("recurring");
    assertThat(row("nightly")).containsText("weekdays 03:00");
    assertThat(row("nightly")).containsText("Europe/Berlin");

    desk.button("Pause nightly").click();
    desk.page().getByLabel("Reason (shown to others)").fill("provider down");
    desk.inDialog("Pause").click();
    assertThat(row("nightly")).containsText("provider down");
    desk.button("Run nightly now").click();
    assertThat(row("nightly").locator(".strip a").first()).isVisible();
    desk.button("Resume nightly").click();
    assertThat(desk.button("Pause nightly")).isVisible();
    desk.button("Skip the next slot of nightly").click();
    assertThat(row("nightly").locator(".strip .skipped")).hasCount(1);

    desk.button("Change nightly").click();
    desk.page().getByLabel("A cron expression").fill("0 4 * * *");
    desk.inDialog("Change it").click();
    assertThat(row("nightly")).containsText("each day 04:00");

    row("nightly").locator(".name a").first().click();
    assertThat(desk.page().locator("main h1")).hasText("nightly");
    assertThat(desk.page().locator(".slots li")).hasCount(5);
    desk.page()
        .screenshot(
            new Page.ScreenshotOptions().setPath(Path.of("target", "screens", "schedule.png")));
    desk.button("Delete nightly").click();
    desk.inDialog("Delete").click();
    await()
        .atMost(Desk.PATIENCE)
        .until(() -> desk.api().get("/api/v1/schedules/nightly").statusCode() == 404);
    assertThat(List.of("schedule.pause", "schedule.run", "schedule.resume", "schedule.skip-next"))
        .allSatisfy(action -> assertThat(desk.audited(action)).isNotEmpty());
  }
}
