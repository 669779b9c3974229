package io.mrq.standalone;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** One Enter, one click, one act; and what did not fail does not run again by one of them. */
class DashboardActsOnceIT {
  @RegisterExtension static final Desk desk = new Desk();

  private static String succeeded() {
    String id = desk.api().enqueue(Map.of("path", "mrq.tasks.Echo"));
    await()
        .atMost(Desk.PATIENCE)
        .until(() -> desk.api().job(id).get("status").asString().equals("success"));
    return id;
  }

  /** The queue is empty: that is when one pauses it before a deployment. */
  @Test
  void enterInTheReasonPausesTheQueueOnce() {
    Page page = desk.at("queues");
    desk.button("Pause default").click();
    page.getByLabel("Reason (shown to others)").fill("INC-2");
    // A key that is held down.
    page.keyboard().down("Enter");
    page.keyboard().down("Enter");
    page.keyboard().down("Enter");
    page.keyboard().up("Enter");

    assertThat(desk.button("Resume default")).isVisible();
    desk.noDialogIsOpen();
    assertThat(desk.audited("queue.pause")).hasSize(1);
    assertThat(desk.audited("queue.resume")).isEmpty();
    desk.button("Resume default").click();
    assertThat(desk.button("Pause default")).isVisible();
  }

  @Test
  void aJobThatIsGoneSaysSoAndIsNotActedOn() {
    String id = desk.failing("acts.Gone", 1).getFirst();
    Page page = desk.at("jobs/" + id);
    assertThat(desk.button("Requeue")).hasAttribute("aria-disabled", "false");
    page.route(
        Pattern.compile(".*/api/v1/jobs/" + id),
        route ->
            route.fulfill(
                new Route.FulfillOptions()
                    .setStatus(404)
                    .setContentType("application/problem+json")
                    .setBody(
                        "{\"title\":\"Unknown job\",\"status\":404,\"detail\":\"Deleted.\"}")));

    assertThat(page.getByText("Unknown job")).isVisible();
    assertThat(desk.button("Requeue")).hasAttribute("aria-disabled", "true");
    assertThat(page.locator(".job-head")).containsText("acts.Gone");
    assertThat(desk.complaints()).allMatch(text -> text.contains("404"));
  }

  @Test
  void aPauseWithoutAReasonIsAskedForOneInTheDialog() {
    Page page = desk.at("queues");
    List<String> requests = desk.requests();
    desk.button("Pause default").click();
    desk.inDialog("Pause").click();

    assertThat(desk.dialog()).containsText("A reason is required");
    assertThat(page.getByLabel("Reason (shown to others)")).isFocused();
    assertThat(requests).noneMatch(request -> request.contains("queues/pause"));
    page.keyboard().press("Escape");
    desk.noDialogIsOpen();
  }

  // UI-11
  @Test
  void enterInTheTypedNumberStartsOneAction() {
    desk.api()
        .enqueueAll(Collections.nCopies(1001, Map.of("path", "mrq.tasks.Echo", "queue", "nobody")));
    Page page = desk.at("jobs?queue=nobody");
    desk.button("Cancel all jobs that match the filter").click();
    page.getByLabel("Type 1,001 to confirm").fill("1,00");
    page.keyboard().press("Enter");
    assertThat(desk.dialog()).containsText("That is not 1,001.");
    page.getByLabel("Type 1,001 to confirm").fill("1,001");
    page.keyboard().press("Enter");

    assertThat(page.getByText("1,001 jobs cancelled.")).isVisible();
    desk.noDialogIsOpen();
    assertThat(desk.audited("action.start")).hasSize(1);
  }

  @Test
  void aButtonDoesNothingWhileItsRequestIsOnItsWay() {
    String id = desk.failing("acts.once.Twice", 1).getFirst();
    Page page = desk.at("jobs/" + id);
    List<String> requests = desk.requests();
    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Requeue")).dblclick();

    assertThat(page.getByText("Requeued: it is now at the tail of its queue.")).isVisible();
    assertThat(requests.stream().filter(request -> request.endsWith("/requeue"))).hasSize(1);
  }

  @Test
  void aSuccessRunsAgainOnlyAfterAQuestionThatSaysSo() {
    String id = succeeded();
    Page page = desk.at("jobs/" + id);
    Locator again = desk.button("Run again…");
    assertThat(again).not().hasClass(Pattern.compile(".*main-act.*"));
    again.click();

    assertThat(desk.dialog()).containsText("It succeeded");
    assertThat(desk.dialog()).containsText("What it did will happen again.");
    // A stray Enter goes back.
    assertThat(desk.inDialog("Back")).isFocused();
    page.keyboard().press("Enter");
    desk.noDialogIsOpen();
    assertThat(desk.api().job(id).get("attempt").asInt()).isEqualTo(1);

    again.click();
    desk.inDialog("Run it again").click();
    await().atMost(Desk.PATIENCE).until(() -> desk.api().job(id).get("attempt").asInt() == 2);
  }

  @Test
  void aFilterThatHoldsSuccessesSaysSoBeforeTheyRunAgain() {
    String id = desk.api().enqueue(Map.of("path", "mrq.tasks.Echo", "queue", "default"));
    await()
        .atMost(Desk.PATIENCE)
        .until(() -> desk.api().job(id).get("status").asString().equals("success"));
    desk.at("jobs?path=mrq.tasks.Echo&queue=default");
    desk.button("Requeue all jobs that match the filter").click();

    assertThat(desk.dialog()).containsText("succeeded: what");
    assertThat(desk.inDialog("Back")).isFocused();
    desk.inDialog("Back").click();
    desk.noDialogIsOpen();
  }

  @Test
  void whatHasEndedCannotBeCancelled() {
    desk.failing("acts.once.Ended", 2);
    Page page = desk.at("jobs?status=failed&path=acts.once.Ended");
    assertThat(desk.button("Cancel all jobs that match the filter")).isDisabled();
    page.locator("tbody input[type=checkbox]").first().check();
    assertThat(desk.button("Cancel the selected jobs")).isDisabled();
    assertThat(desk.button("Requeue the selected jobs")).isEnabled();
  }

  @Test
  void theQuestionBeforeACancelDoesNotBeginAtItsButton() {
    String id = desk.api().enqueue(Map.of("path", "mrq.tasks.Echo", "delay", "1h"));
    Page page = desk.at("jobs/" + id);
    desk.button("Cancel").click();
    assertThat(desk.inDialog("Back")).isFocused();
    page.keyboard().press("Enter");
    desk.noDialogIsOpen();
    assertThat(desk.api().job(id).get("status").asString()).isEqualTo("retry");
  }

  /** A message that comes while a dialog is open can be read and used. */
  @Test
  void messagesLieAboveTheBackdrop() {
    Page page = desk.at("queues");
    desk.button("Pause default").click();
    page.getByLabel("Reason (shown to others)").fill("soon over");
    page.keyboard().press("Enter");
    assertThat(page.getByText("default is paused.")).isVisible();
    page.keyboard().press("?");

    assertThat(desk.dialog().getByText("default is paused.")).isVisible();
    page.keyboard().press("Escape");
    assertThat(page.locator("body > .toasts")).hasCount(1);
    desk.button("Resume default").click();
    assertThat(desk.button("Pause default")).isVisible();
  }
}
