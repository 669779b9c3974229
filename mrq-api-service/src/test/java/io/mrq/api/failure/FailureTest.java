package io.mrq.api.failure;

import static io.mrq.test.builder.JobBuilder.aJob;
import static org.assertj.core.api.Assertions.assertThat;

import io.mrq.api.Answer;
import io.mrq.api.ApiTestApplication;
import io.mrq.api.Stores;
import io.mrq.job.AttemptRecord;
import io.mrq.job.Failure;
import io.mrq.job.Fingerprint;
import io.mrq.job.Job;
import io.mrq.job.JobStatus;
import io.mrq.query.QueryTooSlowException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** {@code GET /api/v1/exceptions}. Each test has a queue, and so an answer, of its own. */
class FailureTest {
  private static final Failure BOOM = boom();
  private static final Instant NOW = Instant.now().truncatedTo(ChronoUnit.MILLIS);

  private static ApiTestApplication service;

  @BeforeAll
  static void start() {
    service = ApiTestApplication.start();
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  private static Failure boom() {
    Throwable cause = new ArithmeticException("deep down");
    cause.setStackTrace(
        new StackTraceElement[] {new StackTraceElement("com.example.Mailer", "send", null, 7)});
    return Failure.of(new IllegalStateException("outer", cause));
  }

  private static Stores stores() {
    return service.context().getBean(Stores.class);
  }

  private static Answer get(String query) {
    return service.api().get("/api/v1/exceptions?" + query);
  }

  private static Job failed(String queue, String path, Failure failure) {
    Job job = failing(queue, path, failure).build();
    stores().insert(job);
    return job;
  }

  private static Job.Builder failing(String queue, String path, Failure failure) {
    return aJob()
        .queue(queue)
        .path(path)
        .status(JobStatus.FAILED)
        .dateupdated(NOW)
        .exceptiontype(failure.exceptiontype())
        .fingerprint(Fingerprint.of(path, failure))
        .traceback(failure.traceback());
  }

  private static List<String> rows(Answer answer) {
    List<String> rows = new ArrayList<>();
    for (JsonNode item : answer.is(200).json().at("/items")) {
      rows.add(
          item.at("/path").asString()
              + " "
              + item.at("/exceptiontype").asString()
              + " "
              + item.at("/count").asInt());
    }
    return rows;
  }

  // RTE-02, UI-08, SEED-10, SEED-14
  @Test
  void theLargestGroupComesFirst() {
    failed("seed10", "B", Failure.of("X", "x"));
    for (int i = 0; i < 3; i++) {
      failed("seed10", "A", Failure.of("X", "x"));
    }
    failed("seed10", "A", Failure.of("Y", "y"));
    failed("seed10", "A", Failure.of("Y", "y"));

    assertThat(rows(get("queue=seed10"))).containsExactly("A X 3", "A Y 2", "B X 1");
  }

  @Test
  void groupsComeInTheWantedOrderAndAreAllCounted() {
    Failure failure = Failure.of("X", "x");
    stores().insert(failing("order", "Old", failure).dateupdated(NOW.minusSeconds(60)).build());
    stores().insert(failing("order", "Old", failure).dateupdated(NOW.minusSeconds(1)).build());
    stores().insert(failing("order", "New", failure).dateupdated(NOW.minusSeconds(9)).build());

    assertThat(rows(get("queue=order&sort=count"))).containsExactly("Old X 2", "New X 1");
    assertThat(rows(get("queue=order&sort=last"))).containsExactly("Old X 2", "New X 1");
    assertThat(rows(get("queue=order&sort=first"))).containsExactly("New X 1", "Old X 2");
    JsonNode one = get("queue=order&sort=first&limit=1").is(200).json();
    assertThat(one.at("/items")).hasSize(1);
    assertThat(one.at("/more").asBoolean()).isTrue();
    assertThat(one.at("/jobs").asInt()).isEqualTo(3);
    assertThat(one.at("/groups").asInt()).isEqualTo(2);
    assertThat(one.at("/uncounted").asBoolean()).isFalse();
    get("sort=name").isProblem(400, "invalid-parameter").naming("sort");
  }

  @Test
  void groupsOfOneExceptionTypeAreFound() {
    failed("type", "A", Failure.of("X", "x"));
    failed("type", "A", Failure.of("Y", "y"));

    assertThat(rows(get("queue=type&exceptiontype=Y"))).containsExactly("A Y 1");
  }

  @Test
  void aGroupIsAsOldAsTheFirstFailureOfARequeuedJob() {
    Failure failure = Failure.of("X", "x");
    stores()
        .insert(
            failing("requeued", "A", failure)
                .tracebackHistory(
                    List.of(
                        new AttemptRecord(NOW.minusSeconds(900), "failed", failure, null),
                        new AttemptRecord(NOW, "failed", failure, null)))
                .build());

    JsonNode group = get("queue=requeued").is(200).json().at("/items/0");
    assertThat(Instant.parse(group.at("/first_seen").asString())).isEqualTo(NOW.minusSeconds(900));
    assertThat(Instant.parse(group.at("/last_seen").asString())).isEqualTo(NOW);
  }

  // SEED-11
  @Test
  void aRowLeadsToExactlyItsJobs() {
    List<String> wanted = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      wanted.addFirst(failed("seed11", "seed11.A", BOOM).id().hex());
    }
    failed("seed11", "seed11.A", Failure.of("Y", "y"));
    failed("seed11", "seed11.A", Failure.of(new IllegalStateException("another place")));
    failed("seed11", "seed11.B", BOOM);

    JsonNode row = get("queue=seed11").is(200).json().at("/items/0");
    String link =
        "/api/v1/jobs?view=summary&status=failed&path=%s&exceptiontype=%s&fingerprint=%s"
            .formatted(text(row, "path"), text(row, "exceptiontype"), text(row, "fingerprint"));
    List<String> shown = new ArrayList<>();
    for (JsonNode job : service.api().get(link).is(200).json().at("/items")) {
      shown.add(job.at("/id").asString());
    }

    assertThat(shown).isEqualTo(wanted);
    assertThat(
            service
                .api()
                .get(link.replace("view=summary&", "").replace("/jobs?", "/jobs/count?"))
                .is(200)
                .body())
        .isEqualTo("{\"count\":3,\"more\":false}");
  }

  private static String text(JsonNode row, String field) {
    return URLEncoder.encode(row.at("/" + field).asString(), StandardCharsets.UTF_8);
  }

  @Test
  void aRowTellsWhatHappenedWhereAndWhen() {
    Job older = failing("told", "told.A", BOOM).dateupdated(NOW.minusSeconds(7200)).build();
    stores().insert(older);
    Job newer = failed("told", "told.A", BOOM);

    JsonNode row = get("queue=told").is(200).json().at("/items/0");

    assertThat(row.at("/message").asString()).isEqualTo("java.lang.ArithmeticException: deep down");
    assertThat(row.at("/frame").asString()).isEqualTo("com.example.Mailer.send");
    assertThat(row.at("/sample").asString()).isEqualTo(newer.id().hex());
    assertThat(Instant.parse(row.at("/first_seen").asString())).isEqualTo(older.dateupdated());
    assertThat(Instant.parse(row.at("/last_seen").asString())).isEqualTo(NOW);
    assertThat(row.at("/history")).hasSize(24);
    assertThat(row.at("/statuses").toString()).isEqualTo("{\"failed\":2}");
  }

  @Test
  void aFailureThatPythonWroteHasAGroupToo() {
    stores()
        .insert(
            failing("python", "python.A", Failure.of("ValueError", ""))
                .fingerprint(null)
                .traceback(
                    "Traceback (most recent call last):\n  File \"a.py\"\nValueError: no luck\n")
                .build());

    JsonNode row = get("queue=python").is(200).json().at("/items/0");

    assertThat(row.at("/message").asString()).isEqualTo("ValueError: no luck");
    assertThat(row.has("fingerprint")).isFalse();
    assertThat(row.has("frame")).isFalse();
  }

  @Test
  void statusesThatNeedNobodyAreLeftOutUnlessAskedFor() {
    for (JobStatus status : JobStatus.values()) {
      stores()
          .insert(failing("statuses", status.text(), Failure.of("X", "x")).status(status).build());
    }

    assertThat(rows(get("queue=statuses")))
        .containsExactly("failed X 1", "maxconcurrency X 1", "maxretries X 1", "timeout X 1");
    assertThat(rows(get("queue=statuses&status=abort,retry")))
        .containsExactly("abort X 1", "retry X 1");
    assertThat(rows(get("queue=statuses&path=timeout"))).containsExactly("timeout X 1");
  }

  @Test
  void fewerGroupsThanThereAreIsTold() {
    for (int i = 0; i < 3; i++) {
      failed("more", "more." + i, Failure.of("X", "x"));
    }

    assertThat(get("queue=more&limit=2").is(200).json().at("/items")).hasSize(2);
    assertThat(get("queue=more&limit=2").json().at("/more").asBoolean()).isTrue();
    assertThat(get("queue=more&limit=3").json().at("/more").asBoolean()).isFalse();
    assertThat(get("queue=nothing").is(200).json().at("/items")).isEmpty();
  }

  @Test
  void aQuestionThatTakesTooLongAsksForANarrowerOne() {
    stores()
        .broken(
            new QueryTooSlowException("gave up", null),
            () -> {
              get("queue=slow").isProblem(422, "filter-too-wide").saying("narrow the filter");
              service.api().get("/api/v1/jobs").isProblem(422, "filter-too-wide");
              service.api().get("/api/v1/jobs/count").isProblem(422, "filter-too-wide");
            });
  }

  // BUG-59, BUG-60
  @ParameterizedTest
  @CsvSource({
    "limit=0, limit",
    "limit=501, limit",
    "status=broken, status",
    "worker=x, worker",
    "path=, path",
    "queue[$ne]=a, queue[$ne]"
  })
  void aWrongParameterIsRefusedByName(String query, String name) {
    get(query.replace("[", "%5B").replace("]", "%5D"))
        .isProblem(400, "invalid-parameter")
        .naming(name);
  }

  // BUG-59
  @Test
  void aFilterIsAValue() {
    failed("values", "values.A", BOOM);

    assertThat(rows(get("queue=val.*"))).isEmpty();
    assertThat(rows(get("queue=values&path=%7B%22$ne%22:1%7D"))).isEmpty();
  }

  @Test
  void theMessageIsOneLine() {
    assertThat(TracebackMessage.of("\n\n  a.B: first\n\tat x\n")).isEqualTo("a.B: first");
    assertThat(TracebackMessage.of("")).isEmpty();
    assertThat(TracebackMessage.of("a\nCaused by: b\nCaused by: c\n\tat y")).isEqualTo("c");
    assertThat(TracebackMessage.of("x".repeat(1000))).hasSize(300).endsWith("…");
    assertThat(TracebackMessage.of(Objects.requireNonNull(BOOM.traceback()))).contains("deep down");
  }
}
