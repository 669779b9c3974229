package io.mrq.api.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mrq.api.Api;
import io.mrq.api.ApiTest;
import io.mrq.api.Stores;
import io.mrq.job.JobStatus;
import io.mrq.job.WorkerId;
import io.mrq.stats.JobCounts;
import io.mrq.stats.JobRate;
import io.mrq.stats.JobRates;
import io.mrq.test.builder.JobBuilder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** {@code GET /api/v1/queues}. */
@ApiTest
class QueueTest {
  private static final Instant OLDEST = Instant.parse("2026-11-24T09:30:00Z");

  private final Api api;
  private final Stores stores;

  QueueTest(Api api, Stores stores) {
    this.api = api;
    this.stores = stores;
  }

  // QUE-08, QUE-09, RTE-05
  @Test
  void aQueueShowsItsSizeAndItsOldestJob() {
    put("queues-one", JobStatus.QUEUED, OLDEST.plusSeconds(5));
    put("queues-one", JobStatus.QUEUED, OLDEST);
    put("queues-one", JobStatus.STARTED, OLDEST.minusSeconds(5));
    put("queues-one", JobStatus.RETRY, OLDEST);
    put("queues-one", JobStatus.SUCCESS, OLDEST);

    JsonNode queue = queue("queues-one");

    assertThat(queue.toString())
        .isEqualTo(
            "{\"name\":\"queues-one\",\"size\":2,\"queued\":2,\"started\":1,\"retry\":1,\"interrupt\":0,"
                + "\"oldest\":\"2026-11-24T09:30:00.000Z\",\"rates\":{\"enqueued\":0.0,\"finished\":0.0},\"workers\":0}");
  }

  /** So it can be paused before anything is in it. */
  // QUE-20
  @Test
  void aQueueThatAWorkerServesIsShownWhileItIsEmpty() {
    register(Map.of("queues", List.of("queues-served", "queues-many/")), Map.of());
    register(Map.of("queues", List.of("queues-served")), Map.of("drain", true));

    JsonNode queue = queue("queues-served");
    assertThat(queue.at("/size").asInt()).isZero();
    assertThat(queue.at("/workers").asInt()).as("one drains").isEqualTo(1);
    assertThat(api.get("/api/v1/queues").is(200).json().toString()).doesNotContain("queues-many/");
  }

  private void register(Map<String, Object> config, Map<String, Object> more) {
    Map<String, @Nullable Object> document = new LinkedHashMap<>(more);
    document.put("config", config);
    document.put("datereported", Instant.now());
    stores.workers().register(WorkerId.next(), document);
  }

  @Test
  void aQueueWithoutQueuedJobsHasNoOldest() {
    put("queues-idle", JobStatus.INTERRUPT, OLDEST);

    JsonNode queue = queue("queues-idle");

    assertThat(queue.at("/size").asInt()).isZero();
    assertThat(queue.at("/interrupt").asInt()).isEqualTo(1);
    assertThat(queue.has("oldest")).isFalse();
  }

  // UI-03
  @Test
  void aQueueShowsWhatHappensInIt() {
    put("queues-rates", JobStatus.QUEUED, OLDEST);
    Instant period = JobRates.periodOf(Instant.now());
    stores
        .rates()
        .add(
            List.of(
                new JobRate(period, "queues-rates", new JobCounts(600, 120, 60, 5)),
                new JobRate(period, "queues-other", new JobCounts(600, 0, 0, 0)),
                new JobRate(period.minusSeconds(60), "queues-rates", new JobCounts(600, 0, 0, 0))));

    JsonNode rates = queue("queues-rates").at("/rates");

    // Over 50 to 60 seconds.
    assertThat(rates.at("/enqueued").asDouble()).isBetween(10.0, 12.0);
    assertThat(rates.at("/finished").asDouble()).isBetween(3.0, 3.6);
  }

  // RTE-05
  @Test
  void theLongestQueueComesFirst() {
    for (int i = 0; i < 3; i++) {
      put("queues-b-long", JobStatus.QUEUED, OLDEST);
    }
    put("queues-c-short", JobStatus.QUEUED, OLDEST);
    put("queues-a-short", JobStatus.QUEUED, OLDEST);

    queue("queues-a-short");
    List<String> names = new ArrayList<>();
    for (JsonNode item : api.get("/api/v1/queues").is(200).json().at("/items")) {
      names.add(item.at("/name").asString());
    }

    assertThat(names).containsSubsequence("queues-b-long", "queues-a-short", "queues-c-short");
  }

  @Test
  void anUnknownQueryParameterIsRefused() {
    api.get("/api/v1/queues?limit=1").isProblem(400, "invalid-parameter").naming("limit");
  }

  private void put(String queue, JobStatus status, Instant queued) {
    stores.insert(JobBuilder.aJob().queue(queue).status(status).datequeued(queued).build());
  }

  /** The counts of a moment are shared for a second. */
  private JsonNode queue(String name) {
    return await().until(() -> find(name), Objects::nonNull);
  }

  private @Nullable JsonNode find(String name) {
    for (JsonNode item : api.get("/api/v1/queues").is(200).json().at("/items")) {
      if (item.at("/name").asString().equals(name)) {
        return item;
      }
    }
    return null;
  }
}
