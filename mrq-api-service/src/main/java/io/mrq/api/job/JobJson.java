package io.mrq.api.job;

import io.mrq.api.json.JsonValues;
import io.mrq.job.AttemptRecord;
import io.mrq.job.Job;
import io.mrq.job.TraceContext;
import io.mrq.query.JobSummary;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A job as JSON: the fields of its document under their stored names, with {@code _id} as {@code
 * id}. Fields that are not stored are left out, except the four counts, which are then 0. A job
 * with a delay that has not run yet has the status {@code retry}; {@code delayed: true}
 * distinguishes it from one that has failed and is retried.
 */
final class JobJson {
  private JobJson() {}

  static Map<String, @Nullable Object> of(Job job) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("id", job.id().hex());
    json.put("path", job.path());
    // Params that are not a document cannot be given to a task, but are shown as they are.
    json.put(
        "params",
        job.others().containsKey("params")
            ? JsonValues.of(job.others().get("params"))
            : JsonValues.object(job.params()));
    json.put("queue", job.queue());
    json.put("status", job.status().text());
    if (job.isDelayed()) {
      json.put("delayed", true);
    }
    json.put("priority", job.priority());
    put(json, "order", job.order());
    put(json, "datequeued", date(job.datequeued()));
    put(json, "datestarted", date(job.datestarted()));
    put(json, "dateupdated", date(job.dateupdated()));
    put(json, "dateretry", date(job.dateretry()));
    put(json, "dateexpires", date(job.dateexpires()));
    put(json, "worker", job.worker() == null ? null : job.worker().hex());
    put(json, "claim", job.claim() == null ? null : job.claim().hex());
    json.put("attempt", job.attempt());
    json.put("retry_count", job.retryCount());
    json.put("crashes", job.crashes());
    put(json, "result", JsonValues.of(job.result()));
    put(json, "progress", job.progress());
    put(json, "totaltime", seconds(job.totaltime()));
    put(json, "exceptiontype", job.exceptiontype());
    put(json, "fingerprint", job.fingerprint());
    put(json, "traceback", job.traceback());
    if (!job.tracebackHistory().isEmpty()) {
      json.put("traceback_history", history(job.tracebackHistory()));
    }
    put(json, "timeout", seconds(job.timeout()));
    put(json, "max_retries", job.maxRetries());
    put(json, "ttl", seconds(job.ttl()));
    put(json, "parent", job.parent() == null ? null : job.parent().hex());
    put(json, "trace", trace(job.trace()));
    job.others().forEach((name, value) -> json.putIfAbsent(name, JsonValues.of(value)));
    return json;
  }

  /** A summary as JSON; {@code cut: true} says that the job itself has longer values. */
  static Map<String, @Nullable Object> summary(JobSummary summary) {
    Map<String, @Nullable Object> json = of(summary.job());
    if (summary.cut()) {
      json.put("cut", true);
    }
    return json;
  }

  private static @Nullable Map<String, @Nullable Object> trace(@Nullable TraceContext trace) {
    if (trace == null) {
      return null;
    }
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("traceparent", trace.traceparent());
    put(json, "tracestate", trace.tracestate());
    put(json, "attempt", trace.attempt());
    return json;
  }

  private static List<Map<String, @Nullable Object>> history(List<AttemptRecord> records) {
    return records.stream().map(JobJson::attempt).toList();
  }

  private static Map<String, @Nullable Object> attempt(AttemptRecord attempt) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("date", JsonValues.date(attempt.date()));
    json.put("status", attempt.status());
    json.put("exceptiontype", attempt.failure().exceptiontype());
    json.put("traceback", attempt.failure().traceback());
    put(json, "original_traceback", attempt.failure().originalTraceback());
    put(json, "worker", attempt.worker() == null ? null : attempt.worker().hex());
    return json;
  }

  private static void put(Map<String, @Nullable Object> json, String name, @Nullable Object value) {
    if (value != null) {
      json.put(name, value);
    }
  }

  private static @Nullable String date(@Nullable Instant date) {
    return date == null ? null : JsonValues.date(date);
  }

  private static @Nullable Double seconds(@Nullable Duration duration) {
    return duration == null ? null : JsonValues.seconds(duration);
  }
}
