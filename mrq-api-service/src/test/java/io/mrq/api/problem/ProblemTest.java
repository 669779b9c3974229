package io.mrq.api.problem;

import static org.assertj.core.api.Assertions.assertThat;

import io.mrq.api.Answer;
import io.mrq.api.Api;
import io.mrq.api.ApiTest;
import io.mrq.api.Contract;
import io.mrq.api.Stores;
import io.mrq.job.JobId;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** RFC 9457 problems for whatever goes wrong, wherever it does. */
@ApiTest
class ProblemTest {
  private final Api api;
  private final Stores stores;

  ProblemTest(Api api, Stores stores) {
    this.api = api;
    this.stores = stores;
  }

  @Test
  void aProblemHasItsMembersInAReadableOrder() {
    Answer answer = api.get("/api/v1/jobs/xyz");

    assertThat(answer.json().propertyNames())
        .containsExactly("type", "title", "status", "detail", "instance", "errors");
    assertThat(answer.text("/instance")).isEqualTo("/api/v1/jobs/xyz");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api",
        "/api/v2/jobs",
        "/api/v1/jobs/",
        "/api/v1/jobs/a/b/c",
        "/favicon.ico",
        "/error",
        "/index.html",
        "/swagger-ui.html",
        "/actuator",
        "/actuator/env",
        "/actuator/heapdump",
        "/actuator/shutdown"
      })
  void anUnknownRouteIsAProblem(String path) {
    Answer answer = api.get(path).isProblem(404, "route-not-found").saying("/v3/api-docs");

    assertThat(answer.text("/instance")).isEqualTo(path);
  }

  @ParameterizedTest
  @CsvSource({
    "DELETE, /api/v1/jobs, GET POST",
    "PUT, /api/v1/jobs/0123456789abcdef01234567, GET",
    "PATCH, /api/v1/jobs/0123456789abcdef01234567, GET",
    "GET, /api/v1/jobs/0123456789abcdef01234567/cancel, POST",
    "GET, /api/v1/jobs/0123456789abcdef01234567/requeue, POST",
    "POST, /api/v1/queues, GET",
    "POST, /api/v1/workers, GET",
    "POST, /v3/api-docs, GET",
    "TRACE, /api/v1/jobs, ''"
  })
  void aMethodThatTheRouteDoesNotTakeIsAProblem(String method, String path, String allowed) {
    Answer answer =
        api.send(method, path, BodyPublishers.noBody()).isProblem(405, "method-not-allowed");

    assertThat(answer.header("Allow")).contains(allowed.split(" "));
  }

  @Test
  void acceptingNoJsonIsAProblemAndNothingIsStored() {
    long before = stores.count();

    api.enqueue("{\"path\":\"a.B\"}", "Accept", "text/html").isProblem(406, "not-acceptable");
    api.get("/api/v1/jobs", "Accept", "application/xml").isProblem(406, "not-acceptable");
    api.get("/api/v1/jobs/" + JobId.next(), "Accept", "image/png").isProblem(406, "not-acceptable");

    assertThat(stores.count()).isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(strings = {"*/*", "application/*", "application/json", "text/html, */*;q=0.1"})
  void acceptingJsonAmongOthersIsFine(String accept) {
    api.get("/api/v1/jobs", "Accept", accept).is(200);
  }

  @Test
  void whileTheStoreIsAwayEveryRouteAnswers503AndSaysWhenToTryAgain() {
    String id = api.idOf("{\"path\":\"a.B\"}");
    List<Answer> answers = new ArrayList<>();

    stores.away(() -> {
      answers.add(api.enqueue("{\"path\":\"a.B\"}"));
      answers.add(api.enqueue("[{\"path\":\"a.B\"}]"));
      answers.add(api.enqueue("{\"path\":\"a.B\"}", "Idempotency-Key", "away"));
      answers.add(api.get("/api/v1/jobs"));
      answers.add(api.get("/api/v1/jobs/" + id));
      answers.add(api.post("/api/v1/jobs/" + id + "/cancel"));
      answers.add(api.post("/api/v1/jobs/" + id + "/requeue"));
      answers.add(api.get("/api/v1/queues"));
      answers.add(api.get("/api/v1/workers"));
    });

    assertThat(answers)
        .hasSize(9)
        .allSatisfy(answer -> {
          answer.isProblem(503, "store-unavailable").saying("MongoDB", "try again");
          assertThat(answer.header("Retry-After")).isEqualTo("2");
        });
    api.get("/api/v1/jobs/" + id).is(200);
  }

  @Test
  void aBadJobIsRefusedEvenWhileTheStoreIsAway() {
    stores.away(() -> api.enqueue("{\"path\":\"a b\"}").isProblem(400, "invalid-job"));
  }

  // AUTH-04
  @Test
  void aFaultIsAProblemThatTellsNothingOfTheInside() {
    Answer[] answers = new Answer[1];
    stores.broken(
        new IllegalStateException("secret of the inside"),
        () -> answers[0] = api.get("/api/v1/jobs/" + JobId.next()));

    answers[0].isProblem(500, "internal-error").saying("log");
    assertThat(answers[0].body())
        .doesNotContain("secret", "Exception", "io.mrq", "java", "\\tat ", "trace");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/v1/jobs/%2F",
        "/api/v1/jobs/%00",
        "/api/v1/jobs/%zz",
        "/api/v1/jobs/<script>",
        "/api/v1/jobs/\"{}\\",
        "/../../etc/passwd",
        "/api/v1/jobs/..;/x"
      })
  void anIllegalAddressIsAProblemToo(String target) {
    String answer = api.rawGet(target);

    assertThat(answer).containsPattern("^HTTP/1.1 40[04]").contains("application/problem+json");
    assertThat(answer).doesNotContain("<html", "Apache", "Tomcat", "Exception");
    assertThat(answer).contains("\"urn:mrq:problem:");
  }

  // BUG-60
  @Test
  void anIllegalRequestIsAProblemToo() {
    String answer = api.raw("GET /api/v1/jobs HTTP/1.1\r\nConnection: close\r\n\r\n");
    String large =
        api.raw(
            "GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nX: "
                + "x".repeat(20_000)
                + "\r\n\r\n");

    assertThat(answer).startsWith("HTTP/1.1 400").contains("application/problem+json");
    assertThat(large).startsWith("HTTP/1.1 4").doesNotContain("<html", "Tomcat");
  }

  @Test
  void everyKindOfProblemIsDescribed() {
    List<String> described = new ArrayList<>();
    for (JsonNode type :
        Contract.document().at("/components/schemas/Problem/properties/type/enum")) {
      described.add(type.asString());
    }

    assertThat(described)
        .containsExactlyElementsOf(
            Arrays.stream(ProblemType.values()).map(ProblemType::uri).toList());
  }
}
