package io.mrq.autoconfigure.tracing;

import io.micrometer.tracing.Link;
import io.micrometer.tracing.Span;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.propagation.Propagator;
import io.mrq.job.TraceContext;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Converts between the trace contexts of jobs and those of Micrometer Tracing. */
final class JobSpans {
  private static final String TRACEPARENT = "traceparent";
  private static final String TRACESTATE = "tracestate";
  private static final int SHORT_ID = 16;

  private final Tracer tracer;
  private final Propagator propagator;
  private final boolean beginsTraces;

  /**
   * Spans of a tracer.
   *
   * @param beginsTraces whether a sending or a run that belongs to no trace begins one; where
   *     nobody sees the spans, it costs more than the rest of a short run
   */
  JobSpans(Tracer tracer, Propagator propagator, boolean beginsTraces) {
    this.tracer = tracer;
    this.propagator = propagator;
    this.beginsTraces = beginsTraces;
  }

  /** Whether what the current thread sends gets a span. */
  boolean tracesSending() {
    return beginsTraces || tracer.currentSpan() != null;
  }

  /** Whether a run gets a span of a job that was sent like this. */
  boolean tracesRun(@Nullable TraceContext sending) {
    return beginsTraces || sending != null;
  }

  /** Makes the span the current one of this thread, until the scope is closed. */
  Tracer.SpanInScope enter(Span span) {
    return tracer.withSpan(span);
  }

  /** Begins a child of the current span. */
  Span.Builder below() {
    return tracer.spanBuilder();
  }

  /**
   * Begins a child of the sending of a job; the first span of a new trace if that was not traced.
   */
  Span.Builder below(@Nullable TraceContext sending) {
    if (sending == null) {
      return tracer.spanBuilder().setNoParent();
    }
    Map<String, String> carrier = new HashMap<>();
    carrier.put(TRACEPARENT, sending.traceparent());
    if (sending.tracestate() != null) {
      carrier.put(TRACESTATE, sending.tracestate());
    }
    return propagator.extract(carrier, Map::get);
  }

  /** Returns a link to another span. */
  Link link(String traceparent) {
    String[] parts = traceparent.split("-", -1);
    return new Link(
        tracer
            .traceContextBuilder()
            .traceId(parts[1])
            .spanId(parts[2])
            .sampled(parts[3].endsWith("1"))
            .build());
  }

  /** Returns the context of a span in the form of a job; null when nobody traces. */
  @Nullable TraceContext of(Span span) {
    String traceparent = traceparent(span);
    if (traceparent == null) {
      return null;
    }
    Map<String, String> carrier = new HashMap<>();
    propagator.inject(
        span.context(), carrier, (map, key, value) -> Objects.requireNonNull(map).put(key, value));
    return TraceContext.of(traceparent, carrier.get(TRACESTATE));
  }

  /** Returns the {@code traceparent} of a span, whatever form the application propagates. */
  @Nullable String traceparent(Span span) {
    String trace = span.context().traceId();
    String text =
        "00-"
            + (trace.length() == SHORT_ID ? "0".repeat(SHORT_ID) + trace : trace)
            + "-"
            + span.context().spanId()
            + (Boolean.TRUE.equals(span.context().sampled()) ? "-01" : "-00");
    return TraceContext.isTraceparent(text) ? text : null;
  }
}
