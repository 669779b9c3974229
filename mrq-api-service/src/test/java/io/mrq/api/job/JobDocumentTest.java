package io.mrq.api.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.mrq.api.Answer;
import io.mrq.api.Api;
import io.mrq.api.ApiTest;
import io.mrq.api.Stores;
import io.mrq.job.Claim;
import io.mrq.job.Failure;
import io.mrq.job.JobId;
import io.mrq.job.JobOutcome;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code GET /api/v1/jobs/{id}}. */
@ApiTest
class JobDocumentTest {
  private final Api api;
  private final Stores stores;

  JobDocumentTest(Api api, Stores stores) {
    this.api = api;
    this.stores = stores;
  }

  @Test
  void aNewJobShowsWhatIsStoredAndNothingElse() {
    String id = api.idOf("{\"path\":\"a.B\",\"params\":{\"z\":1,\"a\":2}}");

    Answer answer = api.get("/api/v1/jobs/" + id).is(200);

    assertThat(answer.json().propertyNames())
        .containsExactly(
            "id",
            "path",
            "params",
            "queue",
            "status",
            "priority",
            "order",
            "datequeued",
            "attempt",
            "retry_count",
            "crashes");
    assertThat(answer.text("/id")).isEqualTo(id);
    assertThat(answer.json().at("/params").toString()).isEqualTo("{\"z\":1,\"a\":2}");
    assertThat(answer.header("Content-Type")).isEqualTo("application/json");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0.1",
        "1.50",
        "1E+22",
        "1e-300",
        "9007199254740993",
        "-9223372036854775808",
        "-0.0"
      })
  void aNumberKeepsEveryDigit(String number) {
    String id = api.idOf("{\"path\":\"a.B\",\"params\":{\"n\":%s}}".formatted(number));

    String body = api.get("/api/v1/jobs/" + id).body();

    Matcher shown = Pattern.compile("\"n\":([^,}]+)").matcher(body);
    assertThat(shown.find()).isTrue();
    assertThat(new BigDecimal(shown.group(1))).isEqualByComparingTo(new BigDecimal(number));
  }

  /** Always a zone, always a fraction. */
  // BUG-62
  @Test
  void datesAreUtcWithMilliseconds() {
    String id = api.idOf("{\"path\":\"a.B\",\"run_at\":\"2030-06-01T12:00:00+02:00\"}");

    Answer answer = api.get("/api/v1/jobs/" + id);

    assertThat(answer.text("/dateretry")).isEqualTo("2030-06-01T10:00:00.000Z");
    assertThat(answer.text("/datequeued")).matches("\\d{4}-\\d\\d-\\d\\dT[0-9:]{8}\\.\\d{3}Z");
  }

  @Test
  void durationsAreSeconds() {
    String id =
        api.idOf("{\"path\":\"a.B\",\"timeout\":\"1m\",\"ttl\":\"1500ms\",\"max_retries\":0}");

    Answer answer = api.get("/api/v1/jobs/" + id);

    assertThat(answer.json().at("/timeout").asDouble()).isEqualTo(60);
    assertThat(answer.json().at("/ttl").asDouble()).isEqualTo(1.5);
    assertThat(answer.json().at("/max_retries").asInt()).isZero();
  }

  @Test
  void aRunningJobShowsItsWorkerAndItsClaim() {
    String id = api.idOf("{\"path\":\"a.B\"}");
    Claim claim = stores.start(id);

    Answer answer = api.get("/api/v1/jobs/" + id);

    assertThat(answer.text("/status")).isEqualTo("started");
    assertThat(answer.text("/worker")).isEqualTo(claim.worker().hex());
    assertThat(answer.text("/claim")).isEqualTo(claim.token().hex());
    assertThat(answer.json().at("/attempt").asInt()).isEqualTo(1);
    assertThat(answer.text("/datestarted")).endsWith("Z");
  }

  // JOB-16, RTE-10
  @Test
  void aResultKeepsItsOrderItsNullsAndItsDates() {
    String id = api.idOf("{\"path\":\"a.B\"}");
    Map<String, @Nullable Object> result = new LinkedHashMap<>();
    result.put("z", null);
    result.put("at", Instant.parse("2026-01-02T03:04:05Z"));
    result.put("bytes", new byte[] {1, 2, 3});
    result.put("list", List.of(1, "x", Map.of("long", 1L << 40)));
    stores.end(id, new JobOutcome.Succeeded(result));

    Answer answer = api.get("/api/v1/jobs/" + id);

    assertThat(answer.text("/status")).isEqualTo("success");
    assertThat(answer.json().at("/result").toString())
        .isEqualTo(
            "{\"z\":null,\"at\":\"2026-01-02T03:04:05.000Z\",\"bytes\":\"AQID\",\"list\":[1,\"x\",{\"long\":1099511627776}]}");
    assertThat(answer.text("/dateexpires")).isNotEmpty();
    assertThat(answer.json().at("/totaltime").isNumber()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"text", "", "é😀"})
  void aResultMayBeAnyValue(String text) {
    String id = api.idOf("{\"path\":\"a.B\"}");
    stores.end(id, new JobOutcome.Succeeded(text));

    assertThat(api.get("/api/v1/jobs/" + id).json().at("/result").asString()).isEqualTo(text);
  }

  /** JSON has no such numbers; a text keeps the document readable. */
  @Test
  void aNumberThatJsonLacksIsShownAsText() {
    String id = api.idOf("{\"path\":\"a.B\"}");
    stores.end(id, new JobOutcome.Succeeded(List.of(Double.NaN, Double.NEGATIVE_INFINITY, 1.0)));

    assertThat(api.get("/api/v1/jobs/" + id).json().at("/result").toString())
        .isEqualTo("[\"NaN\",\"-Infinity\",1.0]");
  }

  // JOB-16
  @Test
  void aNullResultIsAbsent() {
    String id = api.idOf("{\"path\":\"a.B\"}");
    stores.end(id, new JobOutcome.Succeeded(null));

    assertThat(api.get("/api/v1/jobs/" + id).json().has("result")).isFalse();
  }

  // RTE-11
  @Test
  void aFailureShowsItsTracebackAndItsHistory() {
    String id = api.idOf("{\"path\":\"a.B\"}");
    stores.end(
        id, new JobOutcome.Retried(Duration.ZERO, null, new Failure("Lost", "first", "cause")));
    Claim last = stores.end(id, new JobOutcome.Failed(Failure.of("IOException", "second")));

    Answer answer = api.get("/api/v1/jobs/" + id);

    assertThat(answer.text("/status")).isEqualTo("failed");
    assertThat(answer.text("/exceptiontype")).isEqualTo("IOException");
    assertThat(answer.text("/traceback")).isEqualTo("second");
    assertThat(answer.json().at("/retry_count").asInt()).isEqualTo(1);
    assertThat(answer.json().at("/traceback_history")).hasSize(2);
    assertThat(answer.text("/traceback_history/0/exceptiontype")).isEqualTo("Lost");
    assertThat(answer.text("/traceback_history/0/original_traceback")).isEqualTo("cause");
    assertThat(answer.text("/traceback_history/1/traceback")).isEqualTo("second");
    assertThat(answer.text("/traceback_history/1/worker")).isEqualTo(last.worker().hex());
    assertThat(answer.text("/traceback_history/1/date")).endsWith("Z");
  }

  // RTE-10, RTE-11
  @Test
  void anUnknownJobIsAProblem() {
    api.get("/api/v1/jobs/" + JobId.next())
        .isProblem(404, "job-not-found")
        .saying("There is no job");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1",
        "0123456789abcdef0123456",
        "0123456789abcdef012345678",
        "0123456789ABCDEF01234567",
        "zzzzzzzzzzzzzzzzzzzzzzzz",
        "null",
        "%F0%9F%98%80"
      })
  void aMalformedIdIsAProblem(String id) {
    api.get("/api/v1/jobs/" + id).isProblem(400, "invalid-parameter").naming("id", "24 lower-case");
  }

  @Test
  void anUnknownQueryParameterIsRefused() {
    api.get("/api/v1/jobs/" + JobId.next() + "?full=1")
        .isProblem(400, "invalid-parameter")
        .naming("full", "takes no query parameters");
  }
}
