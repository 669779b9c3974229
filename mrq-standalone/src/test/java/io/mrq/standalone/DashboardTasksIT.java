package io.mrq.standalone;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Which tasks there are, and what is known of one. */
class DashboardTasksIT {
  @RegisterExtension static final Desk desk = new Desk();

  @Test
  void aTaskIsListedAndShownWithItsSettings() {
    Page page = desk.at("tasks");
    Locator row = page.locator("tbody tr", new Page.LocatorOptions().setHasText("mrq.tasks.Http"));
    assertThat(row).containsText("default");
    row.locator("a").first().click();

    assertThat(page.locator("h2").first()).hasText("mrq.tasks.Http");
    Locator timeout = page.locator("tbody tr", new Page.LocatorOptions().setHasText("timeout"));
    assertThat(timeout.first()).containsText("PT");
    assertThat(page.locator("main")).containsText("Known by desk-1");
  }
}
