package io.mrq.autoconfigure.tracing;

import io.micrometer.tracing.Span;
import io.mrq.client.SendTracing;
import io.mrq.job.NewJob;
import io.mrq.job.TraceContext;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes a span {@code send <queue>} of the kind PRODUCER for each sending. It is a child of the
 * span of the caller, such as that of an HTTP request.
 */
final class MicrometerSendTracing implements SendTracing {
  private final JobSpans traces;

  MicrometerSendTracing(JobSpans traces) {
    this.traces = traces;
  }

  @Override
  public Sending begin(List<NewJob> jobs) {
    if (!traces.tracesSending()) {
      return Sending.UNTRACED;
    }
    NewJob first = jobs.getFirst();
    boolean sameQueue = jobs.stream().allMatch(job -> job.queue().equals(first.queue()));
    String queue = sameQueue ? first.queue() : "(several)";
    Span.Builder span =
        traces
            .below()
            .name("send " + queue)
            .kind(Span.Kind.PRODUCER)
            .tag("messaging.system", "mrq")
            .tag("messaging.operation.name", "send")
            .tag("messaging.destination.name", queue);
    if (jobs.size() == 1) {
      span.tag("messaging.message.id", first.id().hex()).tag("mrq.task", first.path());
    } else {
      span.tag("messaging.batch.message_count", jobs.size());
    }
    return new Traced(span.start());
  }

  private final class Traced implements Sending {
    private final Span span;
    private final @Nullable TraceContext context;

    Traced(Span span) {
      this.span = span;
      this.context = traces.of(span);
    }

    @Override
    public @Nullable TraceContext context() {
      return context;
    }

    @Override
    public void failed(Throwable why) {
      span.error(why);
    }

    @Override
    public void close() {
      span.end();
    }
  }
}
