package io.mrq.service.worker.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.mrq.service.worker.tasks.HttpTaskException.RedirectRefused;
import io.mrq.service.worker.tasks.HttpTaskException.ResponseTooLarge;
import io.mrq.service.worker.tasks.HttpTaskException.UnexpectedStatus;
import io.mrq.service.worker.tasks.TestService.Answer;
import io.mrq.service.worker.tasks.TestService.Request;
import io.mrq.task.InvalidParamsException;
import io.mrq.task.RetrySignal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code mrq.tasks.Http} against a real service on loopback, with private addresses allowed. */
class HttpTaskTest {
  private TestService service;
  private HttpTaskKit task;

  @BeforeEach
  void start() throws IOException {
    service = new TestService();
    task = HttpTaskKit.open();
  }

  @AfterEach
  void stop() throws IOException {
    task.close();
    service.close();
  }

  @Test
  void getsAPage() throws Exception {
    service.on("/page", Answer.of(200, "Grüße").with("X-Own", "1").with("X.Dotted", "2"));

    HttpResult result = task.run("url", service.url("/page?a=b"));

    assertThat(result.status()).isEqualTo(200);
    assertThat(result.body()).isEqualTo("Grüße");
    assertThat(result.headers()).containsEntry("x-own", "1").containsEntry("x_dotted", "2");
    assertThat(service.onlyRequest().method()).isEqualTo("GET");
    assertThat(service.onlyRequest().uri()).isEqualTo("/page?a=b");
    assertThat(HttpTaskKit.stored(result).keySet())
        .as("no marker for a text")
        .isEqualTo(Set.of("status", "headers", "body"));
  }

  @Test
  void tellsTheServiceWhoCallsAndNothingElse() throws Exception {
    service.on("/", Answer.of(200, ""));

    task.run("url", service.url("/"));

    var headers = service.onlyRequest().headers();
    assertThat(headers.getFirst("User-Agent")).startsWith("mrq/");
    assertThat(headers.getFirst("X-MRQ-Job-Id")).isEqualTo(RunningJob.ID.hex());
    assertThat(headers.getFirst("X-MRQ-Attempt")).isEqualTo("2");
    assertThat(headers.getFirst("traceparent")).isEqualTo(HttpTaskKit.TRACEPARENT);
    assertThat(headers.keySet())
        .isSubsetOf(
            "Traceparent",
            "User-agent",
            "X-mrq-job-id",
            "X-mrq-attempt",
            "Host",
            "Connection",
            "Accept-encoding");
  }

  @Test
  void sendsTextAsItIsAndOtherValuesAsJson() throws Exception {
    service.on("/", Answer.of(201, "made"));

    task.run("method", "post", "url", service.url("/1"), "body", "äöü");
    task.run("method", "PUT", "url", service.url("/2"), "body", Map.of("a", List.of(1, true)));
    task.run(
        "method",
        "PATCH",
        "url",
        service.url("/3"),
        "body",
        "<a/>",
        "headers",
        Map.of("Content-Type", "application/xml"));

    Request text = service.requests.get(0);
    assertThat(text.method()).isEqualTo("POST");
    assertThat(text.body()).isEqualTo("äöü");
    assertThat(text.headers().get("Content-Type")).containsExactly("text/plain; charset=UTF-8");
    Request json = service.requests.get(1);
    assertThat(json.method()).isEqualTo("PUT");
    assertThat(json.body()).isEqualTo("{\"a\":[1,true]}");
    assertThat(json.headers().getFirst("Content-Type")).startsWith("application/json");
    Request xml = service.requests.get(2);
    assertThat(xml.method()).isEqualTo("PATCH");
    assertThat(xml.headers().get("Content-Type")).containsExactly("application/xml");
  }

  @Test
  void handsBackBytesThatAreNoTextInBase64() throws Exception {
    byte[] bytes = {(byte) 0x89, 'P', 'N', 'G', 0, (byte) 0xff};
    service.on("/image", new Answer(200, Map.of("Content-Type", "image/png"), bytes));

    HttpResult result = task.run("url", service.url("/image"));

    assertThat(result.encoding()).isEqualTo("base64");
    assertThat(Base64.getDecoder().decode(result.body())).isEqualTo(bytes);
  }

  @Test
  void readsTheCharsetThatTheAnswerNames() throws Exception {
    byte[] latin = "Grüße".getBytes(StandardCharsets.ISO_8859_1);
    service.on(
        "/", new Answer(200, Map.of("Content-Type", "text/plain; charset=ISO-8859-1"), latin));

    assertThat(task.run("url", service.url("/")).body()).isEqualTo("Grüße");
  }

  @Test
  void keepsJsonAsTextAndAnEmptyBodyAsEmptyText() throws Exception {
    service.on("/json", Answer.of(200, "{\"a\": 1}").with("Content-Type", "application/json"));
    service.on("/empty", Answer.of(204, ""));

    assertThat(task.run("url", service.url("/json")).body()).isEqualTo("{\"a\": 1}");
    assertThat(task.run("url", service.url("/empty")).body()).isEmpty();
    assertThat(task.run("method", "HEAD", "url", service.url("/json")).body()).isEmpty();
  }

  @Test
  void acceptsTheStatusesThatTheJobExpects() throws Exception {
    service.on("/", Answer.of(404, "gone"));

    assertThat(task.run("url", service.url("/"), "expect", List.of("2xx", 404)).body())
        .isEqualTo("gone");
    assertThat(task.run("url", service.url("/"), "expect", 404).status()).isEqualTo(404);
  }

  @Test
  void failsOnAnyOtherStatusWithASentenceAndNoSecrets() {
    service.on("/a", Answer.of(404, "n".repeat(2000)));

    assertThatExceptionOfType(UnexpectedStatus.class)
        .isThrownBy(() ->
            task.run(
                "url",
                service.url("/a?token=secret"),
                "headers",
                Map.of("Authorization", "Bearer secret")))
        .withMessage(
            "GET %s answered 404, but 2xx was expected: %s…"
                .formatted(service.url("/a?…"), "n".repeat(500)));
  }

  @ParameterizedTest
  @CsvSource({"429, 7, PT7S", "503, 7200, PT2H", "503, 100000, PT24H"})
  void asksForAnotherAttemptWhenTheServiceIsBusy(int status, String retryAfter, Duration wait) {
    service.on("/", Answer.of(status, "busy").with("Retry-After", retryAfter));

    assertThatExceptionOfType(RetrySignal.class)
        .isThrownBy(() -> task.run("url", service.url("/")));

    assertThat(task.job.retryAsked().delay()).isEqualTo(wait);
    assertThat(task.job.retryAsked().reason()).contains("answered " + status).contains("busy");
  }

  // SEED-20
  @Test
  void leavesTheWaitToTheBackOffWithoutRetryAfter() {
    service.on("/", Answer.of(503, ""));

    assertThatExceptionOfType(RetrySignal.class)
        .isThrownBy(() -> task.run("url", service.url("/")));

    assertThat(task.job.retryAsked().delay()).isNull();
    assertThat(task.job.retryAsked().maxRetries()).isNull();
  }

  @ParameterizedTest
  @CsvSource({"ISO-8859-1, é, 1", "windows-1252, €, 1", "UTF-16BE, 世, 2"})
  void refusesATextThatIsBeyondTheLimitInUtf8(String charset, String letter, int size)
      throws Exception {
    String type = "text/plain; charset=" + charset;
    int grown = letter.getBytes(StandardCharsets.UTF_8).length;
    byte[] fits =
        letter.repeat(HttpTaskKit.MAX_RESPONSE / grown).getBytes(Charset.forName(charset));
    byte[] large =
        letter.repeat(HttpTaskKit.MAX_RESPONSE / size).getBytes(Charset.forName(charset));
    service.on("/fits", new Answer(200, Map.of("Content-Type", type), fits));
    service.on("/large", new Answer(200, Map.of("Content-Type", type), large));

    assertThat(task.run("url", service.url("/fits")).body()).startsWith(letter);
    assertThatExceptionOfType(ResponseTooLarge.class)
        .isThrownBy(() -> task.run("url", service.url("/large")))
        .withMessageContaining("larger than 10000 bytes (text counts in UTF-8)");
  }

  @Test
  void refusesABodyBeyondTheLimit() throws Exception {
    service.on("/fits", Answer.of(200, "x".repeat(HttpTaskKit.MAX_RESPONSE)));
    service.on("/large", Answer.of(200, "x".repeat(HttpTaskKit.MAX_RESPONSE + 1)));

    assertThat(task.run("url", service.url("/fits")).body()).hasSize(HttpTaskKit.MAX_RESPONSE);
    assertThatExceptionOfType(ResponseTooLarge.class)
        .isThrownBy(() -> task.run("url", service.url("/large")))
        .withMessageContaining("larger than 10000 bytes")
        .withMessageContaining("mrq.tasks.http.max-response-size");
  }

  @Test
  void countsTheBytesThatACompressedBodyUnfoldsTo() throws Exception {
    service.on("/small", gzipped("hello"));
    service.on("/bomb", gzipped("0".repeat(5_000_000)));

    assertThat(task.run("url", service.url("/small")).body()).isEqualTo("hello");
    assertThatExceptionOfType(ResponseTooLarge.class)
        .isThrownBy(() -> task.run("url", service.url("/bomb")));
  }

  @Test
  void followsRedirectsOfReadsWithAllHeadersToTheSameOrigin() throws Exception {
    service.on("/from", Answer.of(302, "").with("Location", "/to?x=1"));
    service.on("/to", Answer.of(200, "there"));

    HttpResult result = task.run("url", service.url("/from"), "headers", Map.of("X-Api-Key", "k"));

    assertThat(result.body()).isEqualTo("there");
    assertThat(service.requests).extracting(Request::uri).containsExactly("/from", "/to?x=1");
    assertThat(service.requests.get(1).headers().getFirst("X-Api-Key")).isEqualTo("k");
  }

  @Test
  void leavesTheJobsHeadersBehindWhenARedirectLeavesTheOrigin() throws Exception {
    try (TestService other = new TestService()) {
      service.on("/from", Answer.of(301, "").with("Location", other.url("/over")));
      // Coming back does not bring them back: who redirects decides what is asked.
      other.on("/over", Answer.of(307, "").with("Location", service.url("/back")));
      service.on("/back", Answer.of(200, ""));

      task.run(
          "url",
          service.url("/from"),
          "headers",
          Map.of("Authorization", "Bearer k", "X-Api-Key", "k", "Accept", "text/html"));

      assertThat(service.requests.get(0).headers()).containsKeys("Authorization", "X-api-key");
      for (Request later : List.of(other.onlyRequest(), service.requests.get(1))) {
        assertThat(later.headers()).doesNotContainKeys("Authorization", "X-api-key");
        assertThat(later.headers().getFirst("Accept")).isEqualTo("text/html");
        assertThat(later.headers().getFirst("X-MRQ-Job-Id")).isEqualTo(RunningJob.ID.hex());
      }
    }
  }

  @Test
  void doesNotFollowRedirectsOfWrites() {
    service.on("/from", Answer.of(307, "").with("Location", "/to"));

    assertThatExceptionOfType(UnexpectedStatus.class)
        .isThrownBy(() -> task.run("method", "POST", "url", service.url("/from"), "body", "x"))
        .withMessageContaining("answered 307");
    assertThat(service.requests).hasSize(1);
  }

  @Test
  void handsBackARedirectThatTheJobExpects() throws Exception {
    service.on("/from", Answer.of(301, "").with("Location", "/to"));

    HttpResult result = task.run("url", service.url("/from"), "expect", "3xx");

    assertThat(result.status()).isEqualTo(301);
    assertThat(result.headers()).containsEntry("location", "/to");
  }

  @Test
  void endsALoopOfRedirectsAfterFive() {
    service.on("/loop", Answer.of(302, "").with("Location", "/loop"));

    assertThatExceptionOfType(RedirectRefused.class)
        .isThrownBy(() -> task.run("url", service.url("/loop")));
    assertThat(service.requests).hasSize(6);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"file:///etc/passwd", "ftp://h/", "http://u:p@h/", "http://", "http://h:x/"})
  void refusesRedirectsToAnythingButHttp(String location) {
    service.on("/from", Answer.of(302, "").with("Location", location));

    assertThatExceptionOfType(RedirectRefused.class)
        .isThrownBy(() -> task.run("url", service.url("/from")));
  }

  @Test
  void refusesHeadersThatWouldAddLines() {
    assertThatExceptionOfType(InvalidParamsException.class)
        .isThrownBy(
            () -> task.run("url", service.url("/"), "headers", Map.of("X-A", "1\r\nX-B: secret")))
        .withMessageContaining("headers contain a value of 'X-A'")
        .withMessageNotContaining("secret");
    assertThatExceptionOfType(InvalidParamsException.class)
        .isThrownBy(() -> task.run("url", service.url("/"), "headers", Map.of("X-A\r\nX-B", "1")));
    assertThatExceptionOfType(InvalidParamsException.class)
        .isThrownBy(() -> task.run("url", service.url("/"), "headers", Map.of("Host", "h")))
        .withMessageContaining("which the worker sets itself");
  }

  @Test
  void namesEverythingThatIsWrongWithTheParams() {
    assertThatExceptionOfType(InvalidParamsException.class)
        .isThrownBy(
            () -> task.run("url", "ftp://h/", "timeout", "soon", "expect", "ok", "expected", 200))
        .withMessageContaining("unknown: expected")
        .withMessageContaining("url must start with http:// or https://")
        .withMessageContaining("timeout must be a duration")
        .withMessageContaining("expect must be a status");
    assertThatExceptionOfType(InvalidParamsException.class)
        .isThrownBy(() -> task.run("method", "GET"))
        .withMessageContaining("is required");
    for (String timeout : List.of("0", "25h", "PT-1S", "P999999999999D")) {
      assertThatExceptionOfType(InvalidParamsException.class)
          .isThrownBy(() -> task.run("url", service.url("/"), "timeout", timeout))
          .withMessageContaining("timeout must be");
    }
    for (String method : List.of("TRACE", "connect", "GET /", "")) {
      assertThatExceptionOfType(InvalidParamsException.class)
          .isThrownBy(() -> task.run("url", service.url("/"), "method", method))
          .withMessageContaining("must be an HTTP method");
    }
  }

  private static Answer gzipped(String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream zip = new GZIPOutputStream(bytes)) {
      zip.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return new Answer(200, Map.of("Content-Encoding", "gzip"), bytes.toByteArray());
  }
}
