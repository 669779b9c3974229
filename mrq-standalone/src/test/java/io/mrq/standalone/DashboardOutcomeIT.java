package io.mrq.standalone;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a requeue led to is told, and it forges no history. */
class DashboardOutcomeIT {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  @RegisterExtension static final Desk desk = new Desk();

  private static JsonNode group() {
    return JSON.readTree(desk.api().get("/api/v1/exceptions?path=never.Mended").body())
        .at("/items/0");
  }

  @Test
  void aGroupThatFailsAgainSaysSoEverywhere() {
    List<String> ids = desk.failing("never.Mended", 12);
    String first = group().get("first_seen").asString();
    Page page = desk.at("exceptions");
    Locator group = page.getByLabel("UnknownTask in never.Mended");
    desk.button("Requeue 12").click();
    desk.inDialog("Requeue 12 jobs").click();

    Locator toast = page.locator(".toast");
    assertThat(toast).containsText("Since then: 0 succeeded, 12 failed again, 0 to go.");
    assertThat(group.locator(".became")).containsText("0 succeeded, 12 failed again, 0 to go");
    await()
        .atMost(Desk.PATIENCE)
        .until(() -> desk.api().count("status=failed&path=never.Mended") == 12);
    assertThat(desk.api().job(ids.getFirst()).get("attempt").asInt()).isEqualTo(2);
    assertThat(group().get("first_seen").asString()).isEqualTo(first);

    desk.at("actions");
    assertThat(desk.page().locator("tbody tr").first())
        .containsText("0 succeeded, 12 failed again, 0 to go");
  }

  @Test
  void whatWasHiddenByHandStaysHidden() {
    desk.failing("never.Hidden", 2);
    Page page = desk.at("exceptions");
    Pattern action = Pattern.compile(".*/api/v1/actions/[0-9a-f]+");
    page.route(
        action,
        route ->
            route.fulfill(
                new Route.FulfillOptions()
                    .setContentType("application/json")
                    .setBody(
                        "{\"id\":\"%s\",\"kind\":\"requeue\",\"status\":\"done\",\"total\":2,\"moved\":2,\"skipped\":0,\"outcome\":{\"queued\":2}}"
                            .formatted(route.request().url().replaceAll(".*/", "")))));
    desk.button("Requeue 2").click();
    desk.inDialog("Requeue 2 jobs").click();
    Locator toast = page.locator(".toast");
    assertThat(toast).containsText("2 to go");

    desk.button("Hide").press("Enter");
    for (int looks = 0; looks < 2; looks++) {
      page.waitForResponse(action, () -> {});
    }

    assertThat(toast).hasCount(0);
  }
}
