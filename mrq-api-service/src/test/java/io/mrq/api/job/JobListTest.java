package io.mrq.api.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.mrq.api.Answer;
import io.mrq.api.Api;
import io.mrq.api.ApiTest;
import io.mrq.api.Stores;
import io.mrq.job.Claim;
import io.mrq.job.Failure;
import io.mrq.job.Job;
import io.mrq.job.JobId;
import io.mrq.job.JobOutcome;
import io.mrq.test.builder.JobBuilder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** {@code GET /api/v1/jobs}. */
@ApiTest
class JobListTest {
  private final Api api;
  private final Stores stores;

  JobListTest(Api api, Stores stores) {
    this.api = api;
    this.stores = stores;
  }

  // RTE-09
  @Test
  void pagesLeadThroughAllJobsNewestFirst() {
    List<String> ids = enqueue(7, "list-pages");
    Collections.reverse(ids);
    List<String> seen = new ArrayList<>();
    List<Integer> sizes = new ArrayList<>();
    String next = "";
    do {
      Answer page = list("queue=list-pages&limit=3" + (next.isEmpty() ? "" : "&after=" + next));
      List<String> shown = ids(page);
      sizes.add(shown.size());
      seen.addAll(shown);
      assertThat(page.json().has("next")).isTrue();
      next = page.json().at("/next").isNull() ? "" : page.text("/next");
    } while (!next.isEmpty());

    assertThat(seen).isEqualTo(ids);
    assertThat(sizes).containsExactly(3, 3, 1);
  }

  @Test
  void aPageThatIsJustFullIsKnownToBeTheLast() {
    enqueue(4, "list-full");

    Answer page = list("queue=list-full&limit=4");

    assertThat(ids(page)).hasSize(4);
    assertThat(page.json().at("/next").isNull()).isTrue();
  }

  @Test
  void jobsEnqueuedMeanwhileDoNotShiftThePages() {
    List<String> ids = enqueue(4, "list-shift");
    String next = list("queue=list-shift&limit=2").text("/next");
    enqueue(3, "list-shift");

    assertThat(ids(list("queue=list-shift&limit=2&after=" + next)))
        .containsExactly(ids.get(1), ids.get(0));
  }

  @Test
  void fiftyJobsAreShownWhenNobodySaysHowMany() {
    enqueue(51, "list-default");

    assertThat(ids(list("queue=list-default"))).hasSize(50);
  }

  @Test
  void upToFiveHundredAreShown() {
    enqueue(501, "list-500");

    Answer page = list("queue=list-500&limit=500");

    assertThat(ids(page)).hasSize(500);
    assertThat(ids(list("queue=list-500&limit=500&after=" + page.text("/next")))).hasSize(1);
  }

  @Test
  void nothingFoundIsAnEmptyPage() {
    assertThat(list("queue=list-nobody").body()).isEqualTo("{\"items\":[],\"next\":null}");
  }

  @Test
  void itemsAreWholeDocuments() {
    String id = enqueue(1, "list-whole").getFirst();

    assertThat(list("queue=list-whole").json().at("/items/0"))
        .isEqualTo(api.get("/api/v1/jobs/" + id).json());
  }

  @Test
  void statusesAreGivenSeveralTimesOrSeparatedByCommas() {
    List<String> ids = enqueue(4, "list-status");
    api.post("/api/v1/jobs/" + ids.get(0) + "/cancel").is(200);
    stores.start(ids.get(1));
    stores.end(ids.get(2), new JobOutcome.Succeeded(null));
    String queue = "queue=list-status&";

    assertThat(ids(list(queue + "status=cancel"))).containsExactly(ids.get(0));
    assertThat(ids(list(queue + "status=cancel,started"))).containsExactly(ids.get(1), ids.get(0));
    assertThat(ids(list(queue + "status=cancel&status=success")))
        .containsExactly(ids.get(2), ids.get(0));
    assertThat(ids(list(queue + "status=cancel,started&status=success,queued"))).hasSize(4);
    assertThat(ids(list(queue + "status=failed"))).isEmpty();
  }

  // QUE-23, RTE-09
  @Test
  void allConditionsHold() {
    List<String> ids = enqueue(3, "list-all");
    Claim claim = stores.end(ids.get(1), new JobOutcome.Failed(Failure.of("Odd", "trace")));
    String worker = claim.worker().hex();

    assertThat(ids(list("worker=" + worker))).containsExactly(ids.get(1));
    assertThat(ids(list("queue=list-all&exceptiontype=Odd"))).containsExactly(ids.get(1));
    assertThat(ids(list("queue=list-all&path=list.Task"))).hasSize(3);
    assertThat(
            ids(
                list(
                    "status=failed&queue=list-all&path=list.Task&exceptiontype=Odd&worker="
                        + worker)))
        .containsExactly(ids.get(1));
    assertThat(ids(list("status=queued&queue=list-all&exceptiontype=Odd"))).isEmpty();
  }

  @Test
  void jobsAreListedByParentAndDate() {
    List<String> ids = enqueue(2, "list-dates");
    Job child = JobBuilder.aJob().queue("list-dates").parent(new JobId(ids.get(0))).build();
    stores.insert(child);
    Job old = JobBuilder.aJob().id(new JobId("4".repeat(24))).queue("list-dates").build();
    stores.insert(old);

    assertThat(ids(list("parent=" + ids.get(0)))).containsExactly(child.id().hex());
    assertThat(ids(list("queue=list-dates&until=2010-01-01T00:00:00Z")))
        .containsExactly(old.id().hex());
    assertThat(ids(list("queue=list-dates&since=2010-01-01T00:00:00Z"))).hasSize(3);
    assertThat(ids(list("queue=list-dates&since=2010-01-01T00:00:00Z&until=2010-01-02T00:00:00Z")))
        .isEmpty();
  }

  @Test
  void aSummaryOfLargeJobsIsSmallAndSaysWhatIsCut() {
    for (int i = 0; i < 20; i++) {
      api.enqueue(
              "{\"path\":\"a.B\",\"queue\":\"list-large\",\"params\":{\"n\":%d,\"s\":\"%s\"}}"
                  .formatted(i, "x".repeat(100_000)))
          .is(201);
    }
    enqueue(1, "list-large");

    Answer summaries = list("queue=list-large&view=summary");

    assertThat(summaries.body()).hasSizeLessThan(21 * 1_500);
    assertThat(summaries.json().at("/items/0").has("cut")).isFalse();
    JsonNode large = summaries.json().at("/items/1");
    assertThat(large.at("/cut").asBoolean()).isTrue();
    assertThat(large.at("/params/n").asInt()).isEqualTo(19);
    assertThat(large.at("/params/s").asString()).isEqualTo("x".repeat(200) + "…");
  }

  @Test
  void aPageOfLargeJobsEndsEarlyAndLeadsOn() {
    for (int i = 0; i < 12; i++) {
      api.enqueue(
              "{\"path\":\"a.B\",\"queue\":\"list-bytes\",\"params\":{\"s\":\"%s\"}}"
                  .formatted("x".repeat(1_000_000)))
          .is(201);
    }

    Answer first = list("queue=list-bytes&limit=500");
    Answer second = list("queue=list-bytes&limit=500&after=" + first.text("/next"));

    assertThat(first.body().length()).isBetween(7_000_000, 9_000_000);
    assertThat(first.json().at("/ended_early").asBoolean()).isTrue();
    assertThat(second.json().at("/next").isNull()).isTrue();
    assertThat(second.json().has("ended_early")).isFalse();
    assertThat(ids(first).size() + ids(second).size()).isEqualTo(12);
  }

  /** Eight times all of it would be more than a small heap holds. */
  @Test
  void manyWhoAskForLargeListsAtOnceGetThemOrAreToldToComeAgain() throws Exception {
    for (int i = 0; i < 20; i++) {
      api.enqueue(
              "{\"path\":\"a.B\",\"queue\":\"list-many\",\"params\":{\"s\":\"%s\"}}"
                  .formatted("x".repeat(1_000_000)))
          .is(201);
    }
    List<Future<Answer>> asked = new ArrayList<>();
    try (ExecutorService askers = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 8; i++) {
        asked.add(askers.submit(() -> list("queue=list-many&limit=500")));
      }
    }

    for (Future<Answer> answer : asked) {
      if (answer.get().status() == 200) {
        assertThat(answer.get().body()).hasSizeLessThan(9_000_000);
      } else {
        answer.get().isProblem(503, "too-busy");
        assertThat(answer.get().header("Retry-After")).isEqualTo("2");
      }
    }
    assertThat(list("queue=list-many&limit=500").is(200).json().at("/items").isEmpty()).isFalse();
  }

  // UI-09, BUG-27
  @Test
  void aSummaryLeavesOutWhatIsLarge() {
    String id = enqueue(1, "list-summary").getFirst();
    stores.end(id, new JobOutcome.Failed(Failure.of("Odd", "trace")));

    JsonNode job = list("queue=list-summary&view=summary").json().at("/items/0");

    assertThat(job.at("/exceptiontype").asString()).isEqualTo("Odd");
    assertThat(job.has("params")).isTrue();
    assertThat(job.has("traceback")).isFalse();
    assertThat(job.has("traceback_history")).isFalse();
    assertThat(list("queue=list-summary&view=whole").json().at("/items/0").has("traceback"))
        .isTrue();
  }

  // RTE-03, UI-02
  @Test
  void jobsAreCountedExactlyUpToTenThousand() {
    enqueue(3, "list-count");

    assertThat(count("queue=list-count")).isEqualTo("{\"count\":3,\"more\":false}");
    assertThat(count("queue=list-count&status=failed")).isEqualTo("{\"count\":0,\"more\":false}");
    for (int i = 0; i < 10; i++) {
      enqueue(1000, "list-count");
    }
    assertThat(count("queue=list-count")).isEqualTo("{\"count\":10000,\"more\":true}");
    api.get("/api/v1/jobs/count?limit=1").isProblem(400, "invalid-parameter").naming("limit");
  }

  private String count(String query) {
    return api.get("/api/v1/jobs/count?" + query).is(200).body();
  }

  /** No value is ever an operator or a pattern. */
  // BUG-59
  @ParameterizedTest
  @ValueSource(
      strings = {
        "queue=list-.*",
        "queue=list-*",
        "queue=%7B%22$gt%22:%22%22%7D",
        "path=.*",
        "path=%7B%22$exists%22:true%7D",
        "exceptiontype=$ne",
        "queue=list-operators/"
      })
  void aFilterIsAValue(String query) {
    enqueue(1, "list-operators");

    assertThat(ids(list(query))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "state=queued | state | is unknown",
        "Status=queued | Status | is unknown",
        "queue[$gt]=a | queue[$gt] | is unknown",
        "sort=path | sort | is unknown",
        "limit= | limit | is empty",
        "queue | queue | is empty",
        "queue=a&queue=b | queue | appears 2 times",
        "limit=0 | limit | from 1 to 500",
        "limit=501 | limit | from 1 to 500",
        "limit=-1 | limit | from 1 to 500",
        "limit=ten | limit | from 1 to 500",
        "limit=1.0 | limit | from 1 to 500",
        "limit=99999999999 | limit | from 1 to 500",
        "status=done | status | 'done' is unknown",
        "status=QUEUED | status | 'QUEUED' is unknown",
        "status=queued, | status | '' is unknown",
        "after=xyz | after | 24 lower-case",
        "parent=xyz | parent | 24 lower-case",
        "since=yesterday | since | ISO-8601",
        "until=2027-01-31T09:30:00 | until | ISO-8601",
        "view=all | view | summary or whole",
        "worker=xyz | worker | 24 lower-case"
      })
  void aWrongParameterIsRefusedByName(String query, String name, String sentence) {
    api.get("/api/v1/jobs?" + query.replace("[", "%5B").replace("]", "%5D"))
        .isProblem(400, "invalid-parameter")
        .naming(name, sentence.strip());
  }

  // BUG-60
  @Test
  void aBadEncodingIsRefused() {
    assertThat(api.rawGet("/api/v1/jobs?queue=%zz"))
        .contains("HTTP/1.1 400")
        .contains("application/problem+json");
  }

  private Answer list(String query) {
    return api.get("/api/v1/jobs?" + query).is(200);
  }

  private List<String> enqueue(int count, String queue) {
    String job = "{\"path\":\"list.Task\",\"queue\":\"%s\"}".formatted(queue);
    Answer answer =
        api.enqueue("[" + String.join(",", Collections.nCopies(count, job)) + "]").is(201);
    List<String> ids = new ArrayList<>();
    for (JsonNode id : answer.json().at("/ids")) {
      ids.add(new JobId(id.asString()).hex());
    }
    return ids;
  }

  private static List<String> ids(Answer page) {
    List<String> ids = new ArrayList<>();
    for (JsonNode item : page.json().at("/items")) {
      ids.add(item.at("/id").asString());
    }
    return ids;
  }
}
