package io.mrq.standalone;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The overview says that all is well only when nothing is open, and never guesses. */
@TestMethodOrder(OrderAnnotation.class)
class DashboardOpenThingsIT {
  @RegisterExtension static final Desk desk = new Desk();

  private static Locator headline() {
    return desk.page().locator(".headline");
  }

  @Test
  @Order(1)
  void nothingIsOpenAtFirst() {
    desk.at("");
    assertThat(headline()).hasText(Pattern.compile("All is well|All quiet"));
  }

  /**
   * The page is told by the feed; what failed stays open until somebody does something about it.
   */
  // UI-01
  @Test
  @Order(2)
  void failedJobsAreOpenAndCountedHereAndInTheRail() {
    // Few of many: more than a tenth would be a problem by itself.
    desk.api().enqueueAll(Collections.nCopies(400, Map.of("path", "mrq.tasks.Echo")));
    IntStream.range(0, 7).forEach(i -> desk.failing("open.Task" + i, 1 + i));
    Page page = desk.at("");

    assertThat(headline()).containsText("28 jobs failed in 7 groups");
    assertThat(headline()).containsText("newest");
    assertThat(headline()).hasClass("headline warn");
    assertThat(page.locator(".nav .tally.bad")).hasText("28");
    assertThat(page.locator(".ranked li")).hasCount(5);
    page.locator(".ranked a").first().click();
    assertThat(page.locator(".group")).hasCount(1);
    assertThat(page.url()).contains("path=open.Task6").contains("exceptiontype=UnknownTask");
  }

  @Test
  @Order(3)
  void groupsComeInTheWantedOrderAndAllAreCounted() {
    Page page = desk.at("exceptions");
    assertThat(page.getByText("28 jobs in 7 groups")).isVisible();
    assertThat(page.locator(".group").first())
        .hasAttribute("aria-label", "UnknownTask in open.Task6");
    page.getByLabel("Order").selectOption("Most recently appeared first");
    assertThat(page.locator(".group").first())
        .hasAttribute("aria-label", Pattern.compile("UnknownTask in open.Task[56]"));
    assertThat(page.url()).contains("sort=first");
  }

  @Test
  @Order(4)
  void allQueuesWithoutAWorkerAreOneProblem() {
    desk.api()
        .enqueueAll(
            IntStream.rangeClosed(1, 60)
                .mapToObj(i -> Map.of("path", "mrq.tasks.Echo", "queue", "alone-" + i))
                .toList());
    Page page = desk.at("");
    Locator problem =
        page.locator(
            ".problems .notice", new Page.LocatorOptions().setHasText("No worker takes jobs from"));
    assertThat(problem).hasCount(1);
    assertThat(problem).containsText("No worker takes jobs from 60 queues");
    assertThat(problem).containsText("60 jobs wait there.");
    problem.locator("summary").click();
    assertThat(problem.locator("li")).hasCount(50);
    assertThat(headline()).containsText("No worker takes jobs from 60 queues");
    assertThat(headline()).containsText("28 jobs failed");
    desk.api()
        .post(
            "/api/v1/actions",
            Map.of("kind", "cancel", "filter", Map.of("path", "mrq.tasks.Echo")));
    // It stays under the pointer, and says that it is over.
    assertThat(page.locator(".problems .gone")).hasCount(1);
    page.locator(".brand").first().hover();
    assertThat(problem).hasCount(0);
  }

  @Test
  @Order(5)
  void whoeverDrainsTheLastWorkerIsToldWhatWillWait() {
    Page page = desk.at("workers");
    desk.button("Drain desk-1").click();
    assertThat(desk.dialog()).containsText("It is the only worker of default.");
    desk.inDialog("Drain").click();
    assertThat(page.getByLabel("Worker desk-1")).containsText("draining");
    // It learns of the wish with its next beat.
    await()
        .atMost(Desk.PATIENCE)
        .until(() -> {
          desk.api().enqueue(Map.of("path", "mrq.tasks.Echo"));
          return desk.api().count("status=queued&queue=default") >= 3;
        });

    page.locator(".nav a").first().click();
    assertThat(headline())
        .containsText("No worker takes jobs from default: its only worker is draining");
    assertThat(headline()).hasClass("headline bad");
    assertThat(page.locator(".figures")).containsText("1 draining");
    desk.at("workers");
    desk.button("Let desk-1 take jobs again").click();
    await().atMost(Desk.PATIENCE).until(() -> desk.api().count("status=queued&queue=default") == 0);
  }

  /** Zero is an answer, and none is no zero. */
  @Test
  @Order(6)
  void whatIsNotKnownIsNotShownAsZero() {
    Page page = desk.at("queues");
    page.route(
        Pattern.compile(".*/api/v1/events"),
        route ->
            route.fulfill(
                new Route.FulfillOptions()
                    .setContentType("text/event-stream")
                    .setBody("event: overview\ndata: " + unknown() + "\n\n")));
    page.reload();
    page.locator(".nav a").first().click();
    assertThat(headline()).containsText("It is unknown whether jobs have failed");
    assertThat(page.locator(".figures")).containsText("not counted in the last minute");
    assertThat(page.getByText("Unknown: the query")).isVisible();
    assertThat(page.locator(".nav .tally.bad")).hasCount(0);
    page.unrouteAll();
  }

  private static String unknown() {
    String overview = desk.api().get("/api/v1/overview").body();
    List<String> counts = List.of("queued", "retry", "started", "interrupt");
    for (String name : counts) {
      overview = overview.replaceFirst("\"" + name + "\":\\d+", "\"" + name + "\":null");
    }
    return overview
        .replaceFirst("\"oldest\":(null|\"[^\"]*\")", "\"oldest\":null")
        .replaceFirst("\"failed_open\":\\{[^}]*}", "\"failed_open\":null")
        .replaceFirst("\"top_failures\":\\[[^]]*]", "\"top_failures\":null")
        .replaceFirst("\"problems\":\\[.*]", "\"problems\":[]");
  }
}
