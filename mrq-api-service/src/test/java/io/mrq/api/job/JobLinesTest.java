package io.mrq.api.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.mrq.api.Answer;
import io.mrq.api.Api;
import io.mrq.api.ApiTest;
import io.mrq.api.ApiTestApplication;
import io.mrq.api.Stores;
import io.mrq.job.Job;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Jobs in lines: each on its own. */
@ApiTest
class JobLinesTest {
  private static final String NDJSON = "application/x-ndjson";
  private static final String LINES = "/api/v1/jobs";

  private final Api api;
  private final Stores stores;

  JobLinesTest(Api api, Stores stores) {
    this.api = api;
    this.stores = stores;
  }

  // ENQ-01
  @Test
  void eachLineIsAJob() {
    String body = job("lines", 1) + "\r\n\n  \n" + job("lines", 2) + "\n" + job("lines", 3);

    Answer answer = send(LINES + "?ids=true", body).is(200);

    assertThat(counts(answer)).containsExactly(5, 3, 0);
    assertThat(answer.json().at("/errors")).isEmpty();
    JsonNode ids = answer.json().at("/ids");
    assertThat(ids).hasSize(5);
    assertThat(ids.get(1).isNull() && ids.get(2).isNull()).isTrue();
    assertThat(stores.job(ids.get(0).asString()).params()).isEqualTo(Map.of("n", 1));
    assertThat(stores.job(ids.get(3).asString()).params()).isEqualTo(Map.of("n", 2));
    assertThat(stores.job(ids.get(4).asString()).params()).isEqualTo(Map.of("n", 3));
    assertThat(stores.inQueue("lines")).hasSize(3);
  }

  @Test
  void idsAreToldOnlyWhenSomebodyAsks() {
    assertThat(send(LINES, job("lines-ids", 1)).is(200).json().propertyNames())
        .containsExactly("lines", "enqueued", "refused", "errors");
  }

  @Test
  void anEmptyBodyHasNoLines() {
    assertThat(counts(send(LINES, "").is(200))).containsExactly(0, 0, 0);
  }

  @Test
  void theJobsAreInTheirQueueInTheOrderOfTheLines() {
    send(LINES, lines("lines-order", 0, 2500)).is(200);
    send(LINES, lines("lines-order-key", 0, 2500), "Idempotency-Key", "order").is(200);

    assertThat(numbersInOrder("lines-order")).isEqualTo(IntStream.range(0, 2500).boxed().toList());
    assertThat(numbersInOrder("lines-order-key"))
        .isEqualTo(IntStream.range(0, 2500).boxed().toList());
  }

  private List<Object> numbersInOrder(String queue) {
    return stores.inQueue(queue).stream()
        .sorted(
            Comparator.comparing(Job::order, Comparator.nullsFirst(Comparator.naturalOrder()))
                .thenComparing(Job::id))
        .<Object>map(job -> job.params().get("n"))
        .toList();
  }

  @Test
  void badLinesAreReportedByNumberAndTheOthersAreEnqueued() {
    String body =
        String.join(
            "\n",
            job("lines-bad", 1),
            "{\"path\":",
            "[]",
            "{\"path\":\"a.B\",\"nonsense\":5}",
            "{\"path\":\"a.B\",\"queue\":\"a b\"}",
            "{\"path\":\"a.B\",\"path\":\"a.B\"}",
            "{\"path\":\"a.B\"} {\"path\":\"a.B\"}",
            "{\"path\":\"a.B\",\"params\":{\"a\":[9223372036854775808]}}",
            "{\"path\":\"a.B\",\"params\":{\"t\":\"" + "x".repeat(1_100_000) + "\"}}",
            job("lines-bad", 10));

    Answer answer = send(LINES, body).is(200);

    assertThat(counts(answer)).containsExactly(10, 2, 8);
    assertThat(stores.inQueue("lines-bad")).hasSize(2);
    JsonNode errors = answer.json().at("/errors");
    assertThat(errors.valueStream().map(error -> error.at("/line").asInt()))
        .containsExactly(2, 3, 4, 5, 6, 7, 8, 9);
    assertThat(errors.valueStream().map(error -> error.at("/field").asString("")))
        .containsExactly("", "path", "nonsense", "queue", "path", "", "params.a[0]", "params");
    assertThat(errors.at("/0/message").asString()).startsWith("The line is not JSON");
    assertThat(errors.at("/5/message").asString()).startsWith("The line continues");
    assertThat(errors.at("/7/message").asString()).contains("1048576");
  }

  @Test
  void aLineThatIsNoUtf8IsReported() {
    byte[] body = (job("lines-utf8", 1) + "\n{\"path\":\"?\"}\n").getBytes(StandardCharsets.UTF_8);
    body[body.length - 4] = (byte) 0xC3;

    Answer answer = send(LINES, body).is(200);

    assertThat(counts(answer)).containsExactly(2, 1, 1);
    assertThat(answer.text("/errors/0/message")).contains("UTF-8");
  }

  @Test
  void aByteOrderMarkBeforeTheFirstLineIsOverlooked() {
    assertThat(counts(send(LINES, "\uFEFF" + job("lines-bom", 1)).is(200)))
        .containsExactly(1, 1, 0);
  }

  @Test
  void aLineThatIsTooLongIsReported() {
    String body =
        job("lines-long", 1) + "\n" + "x".repeat(3_000_000) + "\n" + job("lines-long", 3) + "\n";

    Answer answer = send(LINES, body).is(200);

    assertThat(counts(answer)).containsExactly(3, 2, 1);
    assertThat(answer.json().at("/errors/0/line").asInt()).isEqualTo(2);
    assertThat(answer.text("/errors/0/message")).contains("2 MB");
    assertThat(stores.inQueue("lines-long")).hasSize(2);
  }

  @Test
  void ofVeryManyBadLinesAThousandAreDescribed() {
    Answer answer = send(LINES, "{}\n".repeat(2500) + job("lines-many-bad", 1)).is(200);

    assertThat(counts(answer)).containsExactly(2501, 1, 2500);
    assertThat(answer.json().at("/errors")).hasSize(1000);
  }

  @Test
  void aBodyMayBeCompressed() {
    assertThat(
            counts(
                send(LINES, gzip(lines("lines-gzip", 0, 3000)), "Content-Encoding", "gzip")
                    .is(200)))
        .containsExactly(3000, 3000, 0);
    assertThat(stores.inQueue("lines-gzip")).hasSize(3000);
  }

  @Test
  void aCompressedBodyThatBreaksOffIsAnsweredWithWhatIsStored() {
    byte[] whole = gzip(lines("lines-cut", 0, 30_000));

    Answer answer =
        send(LINES, Arrays.copyOf(whole, whole.length / 2), "Content-Encoding", "gzip")
            .isProblem(400, "bad-request");

    int stored = stores.inQueue("lines-cut").size();
    assertThat(stored).isBetween(1, 29_999);
    assertThat(answer.json().at("/report/enqueued").asInt()).isEqualTo(stored);
    assertThat(answer.json().at("/report/lines").asInt()).isEqualTo(stored);
  }

  @Test
  void anotherCompressionIsRefused() {
    send(LINES, job("lines-br", 1), "Content-Encoding", "br")
        .isProblem(415, "unsupported-media-type")
        .saying("gzip");
  }

  @Test
  void withAKeyABodyThatIsSentAgainMakesNoJobTwice() {
    String body = lines("lines-key", 0, 1500);
    String key = "lines-key";
    send(LINES, body, "Idempotency-Key", key).is(200);

    Answer again = send(LINES, body, "Idempotency-Key", key).is(200);

    assertThat(counts(again)).containsExactly(1500, 1500, 0);
    assertThat(stores.inQueue("lines-key")).hasSize(1500);
  }

  @Test
  void withAKeyALineThatWasCorrectedBecomesAJob() {
    String bad = job("lines-mended", 1) + "\n{\"path\":\"a.B\",\"queue\":\"a b\"}\n";
    String good = job("lines-mended", 1) + "\n" + job("lines-mended", 2) + "\n";
    send(LINES, bad, "Idempotency-Key", "lines-mended").is(200);

    send(LINES, good, "Idempotency-Key", "lines-mended").is(200);

    assertThat(stores.inQueue("lines-mended")).hasSize(2);
  }

  @Test
  void withoutAKeyEqualLinesAreSeveralJobs() {
    send(LINES, (job("lines-equal", 1) + "\n").repeat(3), "Idempotency-Key", "lines-equal");

    assertThat(stores.inQueue("lines-equal")).hasSize(3);
  }

  @Test
  void aKeyOfASingleJobIsNotOneOfLines() {
    api.enqueue(job("lines-single", 1), "Idempotency-Key", "lines-single").is(201);

    send(LINES, job("lines-single", 1), "Idempotency-Key", "lines-single")
        .isProblem(422, "idempotency-key-reused");
  }

  @Test
  void whenTheStoreGoesAwayTheAnswerTellsWhatIsKnown() {
    String body = lines("lines-away", 0, 20);

    Answer answer =
        during(() -> send(LINES, body, "Idempotency-Key", "lines-away"))
            .isProblem(503, "store-unavailable")
            .saying("Every line up to");

    assertThat(answer.header("Retry-After")).isNotEmpty();
    assertThat(answer.json().at("/report/enqueued").asInt()).isZero();
    assertThat(stores.inQueue("lines-away")).hasSizeLessThan(20);
    send(LINES, body, "Idempotency-Key", "lines-away").is(200);
    assertThat(stores.inQueue("lines-away")).hasSize(20);
  }

  @Test
  void whatExceedsALimitIsNotEnqueuedAndWhatComesBeforeIs() {
    try (ApiTestApplication small =
        ApiTestApplication.start("--mrq.api.ndjson.max-lines=3", "--mrq.api.ndjson.max-size=1KB")) {
      Answer many = send(small.api(), LINES, "{}\n".repeat(4));
      many.isProblem(413, "body-too-large").saying("at most 3 lines");
      assertThat(many.json().at("/report/lines").asInt()).isEqualTo(3);

      byte[] bomb = gzip(job("lines-bomb", 1) + "\n" + " ".repeat(100_000));
      Answer large = send(small.api(), LINES, bomb, "Content-Encoding", "gzip");
      large.isProblem(413, "body-too-large").saying("1024 bytes");
      assertThat(large.json().at("/report/enqueued").asInt()).isEqualTo(1);

      send(small.api(), LINES, " ".repeat(1025)).isProblem(413, "body-too-large");
    }
  }

  @Test
  void largeBodiesAreForLinesAlone() {
    api.send(
            "POST",
            "/api/v1/queues/pause",
            BodyPublishers.ofString("{\"queue\":\"x\"}"),
            "Content-Type",
            NDJSON)
        .isProblem(415, "unsupported-media-type");
  }

  private Answer during(Supplier<Answer> request) {
    Answer[] answer = new Answer[1];
    stores.failAfterInsert(() -> answer[0] = request.get());
    return answer[0];
  }

  private Answer send(String path, String body, String... headers) {
    return send(path, body.getBytes(StandardCharsets.UTF_8), headers);
  }

  private Answer send(String path, byte[] body, String... headers) {
    return send(api, path, body, headers);
  }

  private static Answer send(Api api, String path, String body) {
    return send(api, path, body.getBytes(StandardCharsets.UTF_8));
  }

  private static Answer send(Api api, String path, byte[] body, String... headers) {
    String[] all = Arrays.copyOf(headers, headers.length + 2);
    all[headers.length] = "Content-Type";
    all[headers.length + 1] = NDJSON;
    return api.send("POST", path, BodyPublishers.ofByteArray(body), all);
  }

  /** Lines that were read, jobs that were enqueued and lines that were refused. */
  private static List<Integer> counts(Answer answer) {
    JsonNode json = answer.json();
    return List.of(
        json.at("/lines").asInt(), json.at("/enqueued").asInt(), json.at("/refused").asInt());
  }

  private static String lines(String queue, int from, int to) {
    return IntStream.range(from, to)
        .mapToObj(n -> job(queue, n) + "\n")
        .collect(Collectors.joining());
  }

  private static String job(String queue, int n) {
    return "{\"path\":\"a.B\",\"queue\":\"%s\",\"params\":{\"n\":%d}}".formatted(queue, n);
  }

  private static byte[] gzip(String text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
