package io.mrq.mongo.job;

import io.mrq.job.TraceContext;
import io.mrq.mongo.document.FieldReader;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The trace context of a job as a nested document: {@code {traceparent, tracestate, attempt}}. */
final class TraceDocuments {
  private TraceDocuments() {}

  static @Nullable Map<String, @Nullable Object> document(@Nullable TraceContext trace) {
    if (trace == null) {
      return null;
    }
    Map<String, @Nullable Object> document = new LinkedHashMap<>();
    document.put(JobFields.TRACEPARENT, trace.traceparent());
    if (trace.tracestate() != null) {
      document.put(JobFields.TRACESTATE, trace.tracestate());
    }
    if (trace.attempt() != null) {
      document.put(JobFields.ATTEMPT, trace.attempt());
    }
    return document;
  }

  /** The context; null when the field is absent, or has another form and then stays visible. */
  static @Nullable TraceContext read(FieldReader fields) {
    TraceContext trace =
        fields.others().get(JobFields.TRACE) instanceof Map<?, ?> stored ? context(stored) : null;
    if (trace != null) {
      fields.value(JobFields.TRACE);
    }
    return trace;
  }

  /** The context in a nested document; null when it has another form. */
  static @Nullable TraceContext context(Map<?, ?> stored) {
    if (!(stored.get(JobFields.TRACEPARENT) instanceof String traceparent)
        || !TraceContext.isTraceparent(traceparent)) {
      return null;
    }
    return new TraceContext(
        traceparent,
        stored.get(JobFields.TRACESTATE) instanceof String state ? state : null,
        stored.get(JobFields.ATTEMPT) instanceof String attempt
                && TraceContext.isTraceparent(attempt)
            ? attempt
            : null);
  }
}
