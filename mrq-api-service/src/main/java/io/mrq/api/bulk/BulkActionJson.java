package io.mrq.api.bulk;

import io.mrq.api.json.JsonValues;
import io.mrq.bulk.BulkAction;
import io.mrq.bulk.BulkFilter;
import io.mrq.bulk.BulkFilterFields;
import io.mrq.job.JobStatus;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A bulk action as JSON. */
final class BulkActionJson {
  private static final int MAX_SHOWN_IDS = 100;

  private BulkActionJson() {}

  static Map<String, @Nullable Object> of(BulkAction action) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("id", action.id().hex());
    json.put("kind", action.kind().text());
    json.put("filter", JsonValues.object(shown(action.filter())));
    json.put("queue", action.queue());
    json.put("status", action.status().text());
    json.put("who", action.who());
    json.put("created", JsonValues.date(action.created()));
    json.put("started", date(action.started()));
    json.put("ended", date(action.ended()));
    json.put("total", action.progress().total());
    json.put("moved", action.progress().moved());
    json.put("skipped", action.progress().skipped());
    json.put("error", action.error());
    json.values().removeIf(Objects::isNull);
    return json;
  }

  /**
   * An action with the present statuses of its jobs.
   *
   * @param outcome how many jobs are in each status; null when that is not known
   */
  static Map<String, @Nullable Object> of(
      BulkAction action, @Nullable Map<JobStatus, Long> outcome) {
    Map<String, @Nullable Object> json = of(action);
    if (outcome != null) {
      Map<String, Object> by = new LinkedHashMap<>();
      new TreeMap<>(outcome).forEach((status, number) -> by.put(status.text(), number));
      json.put("outcome", by);
    }
    return json;
  }

  /** A filter for a page or the audit log; of many ids only the first ones, and their number. */
  static Map<String, @Nullable Object> shown(BulkFilter filter) {
    Map<String, @Nullable Object> fields = BulkFilterFields.of(filter);
    if (fields.get(BulkFilterFields.IDS) instanceof List<?> ids && ids.size() > MAX_SHOWN_IDS) {
      fields.put(BulkFilterFields.IDS, ids.subList(0, MAX_SHOWN_IDS));
      fields.put("ids_count", ids.size());
    }
    return fields;
  }

  private static @Nullable String date(@Nullable Instant date) {
    return date == null ? null : JsonValues.date(date);
  }
}
