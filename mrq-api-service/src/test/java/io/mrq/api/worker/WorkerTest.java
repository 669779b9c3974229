package io.mrq.api.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.mrq.api.Api;
import io.mrq.api.ApiTest;
import io.mrq.api.Stores;
import io.mrq.job.WorkerId;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** {@code GET /api/v1/workers}. */
@ApiTest
class WorkerTest {
  private final Api api;
  private final Stores stores;

  WorkerTest(Api api, Stores stores) {
    this.api = api;
    this.stores = stores;
  }

  // RTE-06
  @Test
  void workersAreTheirDocumentsWithTheIdAsId() {
    WorkerId id = WorkerId.next();
    Map<String, @Nullable Object> document = new LinkedHashMap<>();
    document.put("name", "host.1");
    document.put("status", "wait");
    document.put("datestarted", Instant.parse("2026-11-24T09:30:00.5Z"));
    document.put("config", Map.of("queues", List.of("default")));
    stores.workers().register(id, document);

    JsonNode found = worker(id);

    assertThat(found.propertyNames()).startsWith("id");
    assertThat(found.has("_id")).isFalse();
    assertThat(found.at("/name").asString()).isEqualTo("host.1");
    assertThat(found.at("/datestarted").asString()).isEqualTo("2026-11-24T09:30:00.500Z");
    assertThat(found.at("/config/queues/0").asString()).isEqualTo("default");
  }

  @Test
  void anUnknownQueryParameterIsRefused() {
    api.get("/api/v1/workers?status=wait").isProblem(400, "invalid-parameter").naming("status");
  }

  private JsonNode worker(WorkerId id) {
    for (JsonNode item : api.get("/api/v1/workers").is(200).json().at("/items")) {
      if (item.at("/id").asString().equals(id.hex())) {
        return item;
      }
    }
    throw new AssertionError("no worker " + id);
  }
}
