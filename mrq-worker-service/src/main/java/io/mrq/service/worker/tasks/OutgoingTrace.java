package io.mrq.service.worker.tasks;

import io.micrometer.tracing.Span;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.propagation.Propagator;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/** The headers that make a call part of the current trace. */
@FunctionalInterface
interface OutgoingTrace {
  OutgoingTrace NONE = Map::of;

  /** Names and values; empty when this thread is not traced. */
  Map<String, String> headers();

  /** The headers of the current span. */
  static OutgoingTrace of(Tracer tracer, Propagator propagator) {
    return () -> {
      Map<String, String> headers = new HashMap<>();
      Span current = tracer.currentSpan();
      if (current != null) {
        propagator.inject(
            current.context(),
            headers,
            (carrier, name, value) -> Objects.requireNonNull(carrier).put(name, value));
      }
      return headers;
    };
  }
}
