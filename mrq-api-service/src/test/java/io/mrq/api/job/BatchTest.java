package io.mrq.api.job;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.mrq.api.Answer;
import io.mrq.api.Api;
import io.mrq.api.ApiTest;
import io.mrq.api.Stores;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** An array of jobs: all or nothing. */
@ApiTest
class BatchTest {
  private final Api api;
  private final Stores stores;

  BatchTest(Api api, Stores stores) {
    this.api = api;
    this.stores = stores;
  }

  // ENQ-01
  @Test
  void aThousandJobsAreStoredAndTheirIdsComeInTheirOrder() {
    Answer answer = api.enqueue(array(jobs(1000, "batch-thousand"))).is(201);

    List<String> ids = new ArrayList<>();
    for (JsonNode id : answer.json().at("/ids")) {
      ids.add(id.asString());
    }
    assertThat(answer.json().propertyNames()).containsExactly("ids");
    assertThat(ids).hasSize(1000).doesNotHaveDuplicates();
    assertThat(stores.inQueue("batch-thousand")).hasSize(1000);
    assertThat(stores.job(ids.getFirst()).params()).isEqualTo(Map.of("n", 0));
    assertThat(stores.job(ids.get(536)).params()).isEqualTo(Map.of("n", 536));
    assertThat(stores.job(ids.getLast()).params()).isEqualTo(Map.of("n", 999));
  }

  // ENQ-02
  @Test
  void anEmptyArrayIsAnsweredWithNoIds() {
    assertThat(api.enqueue("[]").is(201).body()).isEqualTo("{\"ids\":[]}");
  }

  @Test
  void aBadElementAmongAThousandIsNamedAndNothingIsStored() {
    List<String> jobs = jobs(1000, "batch-bad");
    jobs.set(536, "{\"path\":\"a.B\",\"queue\":\"batch-bad\",\"params\":{\"a\":{\"x.y\":1}}}");

    Answer answer = api.enqueue(array(jobs)).isProblem(400, "invalid-job");

    answer.naming("params.a", "x.y").saying("Job 536 of the array");
    assertThat(answer.json().at("/errors/0/index").asInt()).isEqualTo(536);
    assertThat(answer.json().at("/errors")).hasSize(1);
    assertThat(stores.inQueue("batch-bad")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"path\":\"a.B\",\"priority\":\"5\"}",
        "{\"path\":\"a.B\",\"nonsense\":5}",
        "{\"path\":\"a.B\",\"queue\":\"a b\"}",
        "{\"path\":\"a.B\",\"params\":{\"n\":9223372036854775808}}",
        "{\"path\":\"a.B\",\"path\":\"a.B\"}",
        "{}",
        "5",
        "null",
        "[]"
      })
  void whateverIsWrongTheElementIsNamed(String element) {
    List<String> jobs = jobs(5, "batch-wrong");
    jobs.set(3, element);

    Answer answer = api.enqueue(array(jobs)).isProblem(400, "invalid-job");

    assertThat(answer.json().at("/errors/0/index").asInt()).isEqualTo(3);
    answer.saying("Job 3 of the array");
    assertThat(stores.inQueue("batch-wrong")).isEmpty();
  }

  @Test
  void ofSeveralBadElementsTheFirstIsNamedWhoeverFindsIt() {
    List<String> jobs = jobs(10, "batch-first");
    jobs.set(4, "{\"path\":\"a.B\",\"queue\":\"a b\"}");
    jobs.set(7, "{\"path\":\"a.B\",\"priority\":\"5\"}");

    Answer answer = api.enqueue(array(jobs)).isProblem(400, "invalid-job").naming("queue");

    assertThat(answer.json().at("/errors/0/index").asInt()).isEqualTo(4);
    assertThat(stores.inQueue("batch-first")).isEmpty();
  }

  @Test
  void moreThanAThousandJobsAreRefused() {
    api.enqueue(array(jobs(1001, "batch-1001")))
        .isProblem(400, "invalid-json")
        .saying("more than 1000 jobs");

    assertThat(stores.inQueue("batch-1001")).isEmpty();
  }

  @Test
  void anInsertThatFailsHalfWayLeavesNothing() {
    stores.failAfterInsert(
        () -> api.enqueue(array(jobs(20, "batch-half"))).isProblem(503, "store-unavailable"));

    assertThat(stores.inQueue("batch-half")).isEmpty();
  }

  private static List<String> jobs(int count, String queue) {
    return new ArrayList<>(
        IntStream.range(0, count)
            .mapToObj(n ->
                "{\"path\":\"a.B\",\"queue\":\"%s\",\"params\":{\"n\":%d}}".formatted(queue, n))
            .toList());
  }

  private static String array(List<String> jobs) {
    return jobs.stream().collect(joining(",", "[", "]"));
  }
}
