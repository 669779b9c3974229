package io.mrq.standalone;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A filter that is not understood is never dropped, and nothing can be done with other rows. */
class DashboardFilterIT {
  @RegisterExtension static final Desk desk = new Desk();

  @BeforeAll
  static void enqueue() {
    desk.api().enqueue(Map.of("path", "mrq.tasks.Echo", "queue", "nobody"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          customer:4711    | “customer” is not a field.
          4711             | is not a condition
          deep.trace       | is not a condition
          duration>5s      | is not a condition
          -status:success  | cannot be negated
          6b0989d8         | a whole job id
          statsu:failed    | Did you mean status:?
          status:faild     | Did you mean failed?
          since:tomorow    | is not a date
          worker:desk-1    | requires a whole id
          """)
  void whatIsNoConditionStaysInSightAndFindsNothing(String typed, String why) {
    Page page = desk.at("jobs");
    assertThat(page.locator("tbody tr")).hasCount(1);
    desk.filter(typed);

    assertThat(page.locator(".chip.wrong")).containsText(typed.replaceFirst(":", ":"));
    assertThat(page.locator("#filter-faults")).containsText("The filter is not valid");
    assertThat(page.locator("#filter-faults")).containsText(why);
    assertThat(page.locator(".loaded")).hasClass(Pattern.compile(".*unsure.*"));
    page.locator("tbody input[type=checkbox]").first().check();
    assertThat(desk.button("Cancel the selected jobs")).isDisabled();

    page.locator(".chip.wrong button").click();
    assertThat(page.locator("#filter-faults")).hasCount(0);
    assertThat(page.locator(".loaded")).not().hasClass(Pattern.compile(".*unsure.*"));
    assertThat(desk.button("Cancel the selected jobs")).isEnabled();
  }

  /** A link that somebody wrote by hand, or that is of another version. */
  @ParameterizedTest
  @CsvSource({"customer=4711", "since=soon", "status=faild", "parent=zzz"})
  void anAddressThatIsNotUnderstoodAsksForNothingAndCanBeMended(String query) {
    Page page = desk.at("jobs?" + query);
    List<String> requests = desk.requests();
    assertThat(page.locator(".chip.wrong")).hasCount(1);
    assertThat(page.locator("tbody tr")).hasCount(0);
    page.locator(".chip.wrong button").click();

    assertThat(page.locator("tbody tr")).hasCount(1);
    assertThat(requests).noneMatch(request -> request.contains(query));
    assertThat(page.url()).endsWith("/dashboard/jobs");
  }

  @Test
  void datesAreTakenAsPeopleWriteThem() {
    Page page = desk.at("jobs?since=1h");
    assertThat(page.locator("tbody tr")).hasCount(1);
    assertThat(page.locator(".chip")).hasText("since: 1h");
    desk.filter("until:yesterday");
    assertThat(page.getByText("No job matches")).isVisible();
    assertThat(page.locator(".chip").nth(1)).containsText(Pattern.compile("until: \\d{4}-.*Z"));
  }

  /** Rows of another filter may be seen while the new ones are on their way, but not acted on. */
  @Test
  void rowsOfTheOldFilterAreDimmedAndIdle() {
    Page page = desk.at("jobs?queue=nobody");
    assertThat(page.locator("tbody tr")).hasCount(1);
    assertThat(desk.button("Cancel all jobs that match the filter")).isEnabled();
    List<Route> held = new ArrayList<>();
    page.route(Pattern.compile(".*/api/v1/jobs\\?.*queue=other.*"), held::add);
    desk.filter("queue:other");

    assertThat(page.locator(".chip")).hasText("queue: other");
    assertThat(page.locator(".loaded")).hasClass(Pattern.compile(".*unsure.*"));
    assertThat(desk.button("Cancel all jobs that match the filter")).isDisabled();
    page.waitForCondition(() -> !held.isEmpty());
    page.unroute(Pattern.compile(".*/api/v1/jobs\\?.*queue=other.*"));
    held.forEach(Route::resume);
    assertThat(page.getByText("No job matches")).isVisible();
  }

  @Test
  void whatTheServerRefusesIsAskedOnceAndTheFilterStays() {
    Page page = desk.at("jobs");
    assertThat(page.locator("tbody tr")).hasCount(1);
    List<String> requests = desk.requests();
    page.route(
        Pattern.compile(".*/api/v1/jobs\\?.*path=refused.*"),
        route ->
            route.fulfill(
                new Route.FulfillOptions()
                    .setStatus(400)
                    .setContentType("application/problem+json")
                    .setBody("{\"title\":\"Refused\",\"detail\":\"not today\"}")));
    desk.filter("path:refused");

    assertThat(page.getByRole(AriaRole.ALERT)).containsText("not today");
    assertThat(page.locator(".chip")).hasText("path: refused");
    assertThat(desk.button("Cancel all jobs that match the filter")).isDisabled();
    // The feed goes on; the page asks no more.
    page.waitForRequest(
        Pattern.compile(".*/api/v1/jobs\\?.*path=other.*"), () -> desk.filter("path:other"));
    assertThat(requests.stream().filter(r -> r.contains("jobs?") && r.contains("path=refused")))
        .hasSize(1);
    assertThat(desk.complaints()).allMatch(complaint -> complaint.contains("400"));
  }
}
