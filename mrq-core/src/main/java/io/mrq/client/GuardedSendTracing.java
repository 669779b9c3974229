package io.mrq.client;

import io.mrq.event.Listeners;
import io.mrq.job.NewJob;
import io.mrq.job.TraceContext;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what another tracing throws from its caller: it is logged, and that sending is not traced.
 */
final class GuardedSendTracing implements SendTracing {
  private final Listeners<SendTracing> tracing;

  GuardedSendTracing(SendTracing tracing) {
    this.tracing = new Listeners<>(List.of(tracing));
  }

  @Override
  public Sending begin(List<NewJob> jobs) {
    Guarded sending = new Guarded();
    tracing.tell(t -> sending.begin(t.begin(jobs)));
    return sending;
  }

  private final class Guarded implements Sending {
    private Sending traced = Sending.UNTRACED;
    private @Nullable TraceContext context;

    void begin(Sending begun) {
      traced = begun;
      context = begun.context();
    }

    @Override
    public @Nullable TraceContext context() {
      return context;
    }

    @Override
    public void failed(Throwable why) {
      tracing.tell(_ -> traced.failed(why));
    }

    @Override
    public void close() {
      tracing.tell(_ -> traced.close());
    }
  }
}
