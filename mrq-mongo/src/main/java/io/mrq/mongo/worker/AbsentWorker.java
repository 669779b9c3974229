package io.mrq.mongo.worker;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a worker document that is made for a worker that has none, to mark it lost: those
 * that the tables of Python's dashboard cannot do without. A worker that reports later gives it
 * another {@code datereported}; by that it is known to live.
 */
final class AbsentWorker {
  private AbsentWorker() {}

  /** A document without id and status. */
  static Map<String, @Nullable Object> document(Instant now) {
    Map<String, @Nullable Object> document = new LinkedHashMap<>();
    document.put("name", "unknown");
    document.put("config", Map.of("local_ip", "", "queues", List.of(), "greenlets", 0));
    document.put(
        "process", Map.of("cpu", Map.of("user", 0.0, "system", 0.0), "mem", Map.of("total", 0L)));
    document.put("jobs", List.of());
    document.put("done_jobs", 0);
    document.put("datestarted", now);
    document.put("datereported", now);
    document.put("datelost", now);
    return document;
  }
}
