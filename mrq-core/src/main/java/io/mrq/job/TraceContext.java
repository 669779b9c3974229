package io.mrq.job;

import org.jspecify.annotations.Nullable;

/**
 * The W3C trace context that goes with a job, so that every attempt belongs to the trace of the
 * request that enqueued it.
 *
 * @param traceparent of the span that sent the job, version 00: {@code 00-<trace>-<span>-<flags>}
 * @param tracestate of the same span, as it came; null: none
 * @param attempt the {@code traceparent} of the span of the latest attempt, to which the next one
 *     links; null before the first attempt, and when nobody traces
 */
public record TraceContext(
    String traceparent, @Nullable String tracestate, @Nullable String attempt) {
  /** The form of a {@code traceparent}: a {@code 0} stands for any lower-case hex digit. */
  private static final String FORM = "00-00000000000000000000000000000000-0000000000000000-00";

  /** The longest {@code tracestate} that is kept; W3C asks for at least this. */
  public static final int MAX_TRACESTATE = 512;

  public TraceContext {
    if (!isTraceparent(traceparent)) {
      throw new IllegalArgumentException("not a W3C traceparent: " + traceparent);
    }
    // Cutting it would break an entry of some vendor; the standard allows to drop it.
    tracestate =
        tracestate == null || tracestate.isEmpty() || tracestate.length() > MAX_TRACESTATE
            ? null
            : tracestate;
  }

  /** Returns the context of a job that was never run. */
  public static TraceContext of(String traceparent, @Nullable String tracestate) {
    return new TraceContext(traceparent, tracestate, null);
  }

  /**
   * Returns the context after an attempt.
   *
   * @param before null when nobody traced the sending; then the attempt begins the trace of the job
   * @param span the {@code traceparent} of the span of the attempt
   */
  public static TraceContext after(@Nullable TraceContext before, String span) {
    return before == null
        ? new TraceContext(span, null, span)
        : new TraceContext(before.traceparent, before.tracestate, span);
  }

  /** Whether the text has the form of a {@code traceparent}. */
  public static boolean isTraceparent(@Nullable String text) {
    if (text == null || text.length() != FORM.length()) {
      return false;
    }
    for (int i = 0; i < FORM.length(); i++) {
      char c = text.charAt(i);
      boolean fits = FORM.charAt(i) == '-' ? c == '-' : ObjectIds.isHexDigit(c);
      if (!fits) {
        return false;
      }
    }
    return true;
  }

  /** Returns the id by which tracing systems find the trace: 32 hex digits. */
  public String traceId() {
    return traceparent.substring(3, 35);
  }
}
