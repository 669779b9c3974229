package io.mrq.autoconfigure.tracing;

import io.micrometer.tracing.Span;
import io.micrometer.tracing.Tracer;
import io.mrq.engine.run.RunTracing;
import io.mrq.job.Job;
import io.mrq.job.JobOutcome;
import io.mrq.job.TraceContext;
import org.jspecify.annotations.Nullable;

/**
 * Makes a span {@code process <task>} of the kind CONSUMER for each attempt. It is a child of the
 * span of the sending, and links to the attempt before.
 */
final class MicrometerRunTracing implements RunTracing {
  private final JobSpans traces;

  MicrometerRunTracing(JobSpans traces) {
    this.traces = traces;
  }

  @Override
  public Attempt begin(Job job) {
    TraceContext trace = job.trace();
    if (!traces.tracesRun(trace)) {
      return Attempt.UNTRACED;
    }
    Span.Builder span =
        traces
            .below(trace)
            .name("process " + job.path())
            .kind(Span.Kind.CONSUMER)
            .tag("messaging.system", "mrq")
            .tag("messaging.operation.name", "process")
            .tag("messaging.destination.name", job.queue())
            .tag("messaging.message.id", job.id().hex())
            .tag("mrq.task", job.path())
            .tag("mrq.attempt", job.attempt());
    if (trace != null && trace.attempt() != null) {
      span.addLink(traces.link(trace.attempt()));
    }
    Span started = span.start();
    try {
      return new Traced(started, traces.enter(started), traces.traceparent(started));
    } catch (RuntimeException e) {
      started.end();
      throw e;
    }
  }

  private record Traced(Span span, Tracer.SpanInScope scope, @Nullable String traceparent)
      implements Attempt {
    @Override
    public void threw(Throwable thrown) {
      span.error(thrown);
    }

    @Override
    public void ended(@Nullable JobOutcome outcome) {
      try (scope) {
        span.tag("mrq.outcome", text(outcome));
      } finally {
        span.end();
      }
    }

    private static String text(@Nullable JobOutcome outcome) {
      return switch (outcome) {
        case null -> "refused";
        case JobOutcome.Succeeded _ -> "success";
        case JobOutcome.Failed _ -> "failed";
        case JobOutcome.TimedOut _ -> "timeout";
        case JobOutcome.Aborted _ -> "abort";
        case JobOutcome.Retried _, JobOutcome.PutBack _ -> "retry";
        case JobOutcome.RetriesExhausted _ -> "maxretries";
        case JobOutcome.Interrupted _ -> "interrupt";
      };
    }
  }
}
