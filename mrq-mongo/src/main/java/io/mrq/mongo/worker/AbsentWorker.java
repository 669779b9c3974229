package io.mrq.mongo.worker;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The document of a worker that was lost without leaving one. It has the fields that the pages of
 * Python's dashboard need. A worker that is alive after all reports later and so changes {@code
 * datereported}.
 */
final class AbsentWorker {
  private AbsentWorker() {}

  /** The fields but for the id, the status and the mark of a lost worker. */
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
