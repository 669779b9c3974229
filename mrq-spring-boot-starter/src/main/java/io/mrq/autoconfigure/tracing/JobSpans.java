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

/** Between the contexts that jobs carry and those of Micrometer Tracing. */
final class JobSpans {
  private static final String TRACEPARENT = "traceparent";
  private static final String TRACESTATE = "tracestate";
  private static final int SHORT_ID = 16;

  private final Tracer tracer;
  private final Propagator propagator;

  JobSpans(Tracer tracer, Propagator propagator) {
    this.tracer = tracer;
    this.propagator = propagator;
  }

  /** Runs the rest of the thread in the span, until the scope is closed. */
  Tracer.SpanInScope enter(Span span) {
    return tracer.withSpan(span);
  }

  /** A span below the current one. */
  Span.Builder below() {
    return tracer.spanBuilder();
  }

  /** A span below the sending of a job; the first one of a new trace when that was not traced. */
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

  /** A link to another span. */
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

  /** The context of a span, for a job; null when nobody traces. */
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

  /** The {@code traceparent} of a span, in whatever form the application propagates it. */
  @Nullable String traceparent(Span span) {
    String trace = span.context().traceId();
    String text =
        "00-%s-%s-%s"
            .formatted(
                trace.length() == SHORT_ID ? "0".repeat(SHORT_ID) + trace : trace,
                span.context().spanId(),
                Boolean.TRUE.equals(span.context().sampled()) ? "01" : "00");
    return TraceContext.isTraceparent(text) ? text : null;
  }
}
