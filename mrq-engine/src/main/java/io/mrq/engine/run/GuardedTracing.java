package io.mrq.engine.run;

import io.mrq.event.Listeners;
import io.mrq.job.Job;
import io.mrq.job.JobOutcome;
import io.mrq.job.TraceContext;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Hands attempts to another tracing, and logs what that throws. */
final class GuardedTracing implements RunTracing {
  private final Listeners<RunTracing> tracing;

  private GuardedTracing(RunTracing tracing) {
    this.tracing = new Listeners<>(List.of(tracing));
  }

  /** Guards a tracing; where nobody traces there is nothing to guard. */
  static RunTracing of(RunTracing tracing) {
    return tracing == NONE ? NONE : new GuardedTracing(tracing);
  }

  @Override
  public Attempt begin(Job job) {
    Guarded attempt = new Guarded();
    tracing.tell(t -> attempt.begin(t.begin(job)));
    return attempt;
  }

  private final class Guarded implements Attempt {
    private Attempt traced = Attempt.UNTRACED;
    private @Nullable String traceparent;

    void begin(Attempt begun) {
      traced = begun;
      String parent = begun.traceparent();
      traceparent = parent != null && TraceContext.isTraceparent(parent) ? parent : null;
    }

    @Override
    public @Nullable String traceparent() {
      return traceparent;
    }

    @Override
    public void threw(Throwable thrown) {
      tracing.tell(_ -> traced.threw(thrown));
    }

    @Override
    public void ended(@Nullable JobOutcome outcome) {
      tracing.tell(_ -> traced.ended(outcome));
    }
  }
}
