package io.mrq.standalone;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What people wrote is shown and copied as they wrote it, and cannot pass for something else. */
class DashboardDigitsIT {
  private static final String COPIED = "navigator.clipboard.readText()";

  @RegisterExtension static final Desk desk = new Desk();

  private static String job(Map<String, Object> params) {
    return desk.api()
        .enqueue(Map.of("path", "mrq.tasks.Echo", "queue", "nobody", "params", params));
  }

  // UI-10
  @Test
  void everyDigitIsShownAndCopiedAndKeysKeepTheirOrder() {
    Map<String, Object> params = new LinkedHashMap<>();
    params.put("tweet", 1234567890123456789L);
    params.put("odd", 9007199254740993L);
    params.put("one", 1.0);
    params.put("2", "b");
    params.put("1", "a");
    String text =
        "{\"tweet\":1234567890123456789,\"odd\":9007199254740993,\"one\":1.0,\"2\":\"b\",\"1\":\"a\"}";
    String id = job(params);

    Page page = desk.at("jobs?queue=nobody");
    assertThat(page.locator("tr[data-id='" + id + "'] .sub.mono")).hasText(text);
    page = desk.at("jobs/" + id);
    assertThat(page.locator(".json").first())
        .containsText("tweet: 1234567890123456789odd: 9007199254740993one: 1.02: \"b\"1: \"a\"");
    desk.button("Copy as cURL").click();
    assertThat(page.getByText("Copied.")).isVisible();
    assertThat(page.evaluate(COPIED).toString()).contains("\"params\":" + text);
    desk.button("Copy Parameters as JSON").click();
    page.waitForCondition(
        () -> desk.page().evaluate(COPIED).toString().startsWith("{\n  \"tweet\": 123456789"));
    assertThat(page.evaluate(COPIED).toString().replaceAll("\\s", "")).isEqualTo(text);
  }

  /** The sign U+202E turns what follows around: {@code gnp.exe} reads as {@code exe.png}. */
  @Test
  void charactersThatAreNotSeenAreNamed() {
    String id = job(Map.of("file", "\u202Egnp.exe", "zero", "a\u200Bb"));
    Page page = desk.at("jobs/" + id);
    assertThat(page.locator(".json").first()).containsText("⟨U+202E⟩gnp.exe");
    assertThat(page.locator(".json").first()).containsText("a⟨U+200B⟩b");
    assertThat(page.locator(".json bdi").first()).isVisible();
  }

  /** The moment at which a job was enqueued is known to the millisecond, not only to the second. */
  @Test
  void theTimeThatAJobWaitedIsNotInvented() {
    String id = desk.api().enqueue(Map.of("path", "mrq.tasks.Echo"));
    await()
        .atMost(Desk.PATIENCE)
        .until(() -> desk.api().job(id).get("status").asString().equals("success"));
    Page page = desk.at("jobs/" + id);
    assertThat(page.locator(".timeline li").first()).containsText("Enqueued");
    assertThat(page.locator(".timeline li").first().locator("time"))
        .hasAttribute("datetime", desk.api().job(id).get("datequeued").asString());
  }

  // UI-10
  @Test
  void theLogIsOpenAtItsEndUntilSomebodyScrollsUp() {
    String id = desk.api().enqueue(Map.of("path", "no.such.Task", "params", Map.of("a", 1)));
    Page page = desk.at("jobs");
    page.route(
        Pattern.compile(".*/jobs/" + id + "/logs.*"),
        route ->
            route.fulfill(
                new Route.FulfillOptions()
                    .setContentType("application/json")
                    .setBody(
                        route.request().url().contains("tail=") ? lines(0, 80) : lines(80, 1))));
    page.locator("tr[data-id='" + id + "'] a.task").click();
    page.waitForCondition(() ->
        (Boolean)
            page.evaluate(
                "(() => { const box = document.querySelector('.logs'); return box !== null && box.scrollTop > 500 && box.scrollTop + box.clientHeight > box.scrollHeight - 2; })()"));
    page.evaluate("document.querySelector('.logs').scrollTop = 0");
    assertThat(desk.button("Newest lines")).isVisible();
    assertThat(page.evaluate("document.querySelector('.logs').scrollTop")).isEqualTo(0);
    desk.button("Newest lines").click();
    page.waitForCondition(() ->
        (Boolean)
            page.evaluate(
                "(() => { const box = document.querySelector('.logs'); return box.scrollTop + box.clientHeight > box.scrollHeight - 2; })()"));
  }

  private static String lines(int from, int number) {
    return "{\"items\":["
        + IntStream.range(from, from + number)
            .mapToObj(i ->
                "{\"at\":\"2026-11-27T09:30:00.000Z\",\"level\":\"INFO\",\"message\":\"line %d\"}"
                    .formatted(i))
            .collect(Collectors.joining(","))
        + "],\"next\":\"%s\"}".formatted("a".repeat(24));
  }
}
