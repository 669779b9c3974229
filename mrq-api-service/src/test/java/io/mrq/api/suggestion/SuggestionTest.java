package io.mrq.api.suggestion;

import static io.mrq.test.builder.JobBuilder.aJob;
import static org.assertj.core.api.Assertions.assertThat;

import io.mrq.api.Answer;
import io.mrq.api.Api;
import io.mrq.api.ApiTest;
import io.mrq.api.Stores;
import io.mrq.job.JobStatus;
import io.mrq.job.WorkerId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** {@code GET /api/v1/suggestions}. */
@ApiTest
class SuggestionTest {
  private final Api api;
  private final Stores stores;

  SuggestionTest(Api api, Stores stores) {
    this.api = api;
    this.stores = stores;
  }

  private List<String> values(String query) {
    List<String> values = new ArrayList<>();
    for (JsonNode item : get(query).is(200).json().at("/items")) {
      values.add(item.at("/value").asString());
    }
    return values;
  }

  private Answer get(String query) {
    return api.get("/api/v1/suggestions?" + query);
  }

  // BUG-59
  @Test
  void queuesAndTasksAreSuggestedByTheirBeginning() {
    for (String queue : List.of("suggest-two-b", "suggest-two-a", "suggest-two-a")) {
      stores.insert(aJob().queue(queue).path("suggest." + queue).build());
    }

    assertThat(values("field=queue&prefix=suggest-two"))
        .containsExactly("suggest-two-a", "suggest-two-b");
    assertThat(values("field=path&prefix=suggest.suggest-two-b"))
        .containsExactly("suggest.suggest-two-b");
    assertThat(values("field=queue&prefix=suggest.two")).isEmpty();
  }

  @Test
  void noMoreThanFiftyAreSuggested() {
    for (int i = 0; i < 60; i++) {
      stores.insert(aJob().queue("suggest-many-" + i).build());
    }

    assertThat(values("field=queue&prefix=suggest-many-")).hasSize(50);
  }

  @Test
  void statusesAreAllKnown() {
    assertThat(values("field=status")).hasSize(JobStatus.values().length);
    assertThat(values("field=status&prefix=max")).containsExactly("maxretries", "maxconcurrency");
  }

  @Test
  void exceptionTypesAreThoseOfFailures() {
    stores.insert(aJob().status(JobStatus.FAILED).exceptiontype("SuggestedError").build());

    assertThat(values("field=exceptiontype&prefix=Suggested")).containsExactly("SuggestedError");
  }

  @Test
  void aWorkerIsFoundByNameOrId() {
    WorkerId worker = WorkerId.next();
    stores.workers().register(worker, Map.of("name", "suggested-host.1"));

    assertThat(get("field=worker&prefix=suggested-").is(200).body())
        .isEqualTo(
            "{\"items\":[{\"value\":\"%s\",\"label\":\"suggested-host.1\"}]}"
                .formatted(worker.hex()));
    assertThat(values("field=worker&prefix=" + worker.hex())).containsExactly(worker.hex());
  }

  @ParameterizedTest
  @CsvSource({"field=color, field", "prefix=a, field", "field=queue&prefix=, prefix"})
  void aWrongParameterIsRefusedByName(String query, String name) {
    get(query).isProblem(400, "invalid-parameter").naming(name);
  }
}
