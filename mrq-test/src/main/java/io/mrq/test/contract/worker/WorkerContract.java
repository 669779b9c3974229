package io.mrq.test.contract.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.mrq.job.WorkerId;
import io.mrq.test.contract.StoreContract;
import io.mrq.worker.WorkerStore.Presence;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the suites of worker documents share: workers that are registered, and what is told of them.
 */
abstract class WorkerContract extends StoreContract {
  WorkerId registered(Instant started) {
    WorkerId worker = WorkerId.next();
    ports.workers().register(worker, document("host.1", started));
    return worker;
  }

  static Map<String, @Nullable Object> document(String name, Instant started) {
    Map<String, @Nullable Object> document = new LinkedHashMap<>();
    document.put("name", name);
    document.put("status", "wait");
    document.put("datestarted", started);
    document.put("datereported", started);
    document.put("config", Map.of("queues", List.of("a", "b"), "slots", 4));
    return document;
  }

  @Nullable Presence presence(WorkerId worker) {
    return ports.workers().presence(List.of(worker, WorkerId.next())).get(worker);
  }

  Map<String, @Nullable Object> onlyDocument() {
    List<Map<String, @Nullable Object>> documents = ports.workers().documents(10);
    assertThat(documents).hasSize(1);
    return documents.getFirst();
  }
}
