package io.mrq.standalone;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.util.Collections;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Nothing slides under a pointer, a focus or a mark. */
class DashboardStandsStillIT {
  @RegisterExtension static final Desk desk = new Desk();

  private static Locator pill() {
    return desk.page().locator(".pill:visible");
  }

  @Test
  void groupsOfFailuresStayUnderThePointer() {
    desk.failing("still.Small", 1);
    Page page = desk.at("exceptions");
    Locator groups = page.locator(".group");
    assertThat(groups.first()).hasAttribute("aria-label", "UnknownTask in still.Small");
    groups.first().locator(".main-act").hover();
    desk.failing("still.Large", 3);

    assertThat(pill()).hasText("1 new");
    assertThat(groups).hasCount(1);
    assertThat(groups.first()).hasAttribute("aria-label", "UnknownTask in still.Small");
    page.locator("h1").hover();
    assertThat(groups).hasCount(2);
    assertThat(groups.first()).hasAttribute("aria-label", "UnknownTask in still.Large");
    assertThat(pill()).hasCount(0);
  }

  @Test
  void queuesStayUnderThePointerAndTheirNumbersChange() {
    queued("still-a", 2);
    queued("still-b", 1);
    Page page = desk.at("queues");
    Locator a = page.locator("tbody tr", new Page.LocatorOptions().setHasText("still-a"));
    Locator b = page.locator("tbody tr", new Page.LocatorOptions().setHasText("still-b"));
    desk.button("Pause still-b").hover();
    double before = b.boundingBox().y;
    queued("still-b", 5);

    assertThat(b.locator("td").nth(1)).hasText("6");
    assertThat(pill()).hasText("Order changed");
    assertThat(b.boundingBox().y).isEqualTo(before);
    pill().click();
    await().atMost(Desk.PATIENCE).until(() -> b.boundingBox().y < a.boundingBox().y);
  }

  /** Whoever works by keyboard has no pointer that holds the list. */
  @Test
  void theQueueThatHasTheFocusStaysWhereItIs() {
    queued("focus-a", 1);
    Page page = desk.at("queues");
    desk.button("Pause focus-a").focus();
    page.keyboard().press("Tab");
    page.keyboard().press("Shift+Tab");
    queued("focus-b", 30);

    assertThat(pill()).hasText("1 new");
    assertThat(desk.button("Pause focus-b")).hasCount(0);
    assertThat(desk.button("Pause focus-a")).isFocused();
  }

  /** The mark is on a job, not on a place. */
  @Test
  void theMarkedJobStaysMarkedAndIsTheOneThatKeysActOn() {
    queued("marked", 3);
    Page page = desk.at("jobs?queue=marked");
    assertThat(page.locator("tbody tr")).hasCount(3);
    page.keyboard().press("j");
    page.keyboard().press("j");
    String marked = page.locator("tbody tr").nth(1).getAttribute("data-id");
    Locator row = page.locator("tr[data-id='" + marked + "']");
    assertThat(row).isFocused();
    queued("marked", 5);

    assertThat(pill()).hasText("5 new");
    assertThat(row).isFocused();
    page.keyboard().press("c");
    assertThat(desk.dialog()).containsText(marked);
    desk.inDialog("Cancel 1 job").click();
    await()
        .atMost(Desk.PATIENCE)
        .until(() -> desk.api().job(marked).get("status").asString().equals("cancel"));
    // Focus is where it was, and Escape lets the list go on.
    assertThat(row).isFocused();
    page.keyboard().press("Escape");
    assertThat(page.locator("tbody tr")).hasCount(8);
  }

  /** No job is skipped or seen twice, whatever has come meanwhile. */
  @Test
  void olderJobsAreThoseAfterTheLastRow() {
    queued("older", 60);
    Page page = desk.at("jobs?queue=older");
    Locator rows = page.locator("tbody tr");
    assertThat(rows).hasCount(50);
    rows.last().hover();
    queued("older", 5);
    assertThat(pill()).hasText("5 new");
    String last = rows.last().getAttribute("data-id");

    Locator older = page.locator(".pager a", new Page.LocatorOptions().setHasText("Older"));
    assertThat(older).hasAttribute("href", Pattern.compile(".*after=" + last + ".*"));
    older.click();
    assertThat(rows).hasCount(10);
  }

  @Test
  void withoutAMarkKeysActOnNothing() {
    queued("unmarked", 1);
    Page page = desk.at("jobs?queue=unmarked");
    assertThat(page.locator("tbody tr")).hasCount(1);
    page.keyboard().press("c");
    page.keyboard().press("x");
    page.keyboard().press("?");

    assertThat(page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setName("Keyboard")))
        .isVisible();
    assertThat(page.getByText("1 selected")).hasCount(0);
  }

  private static void queued(String queue, int jobs) {
    desk.api()
        .enqueueAll(Collections.nCopies(jobs, Map.of("path", "mrq.tasks.Echo", "queue", queue)));
  }
}
