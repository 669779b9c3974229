package io.mrq.engine.run;

import io.mrq.job.Job;
import io.mrq.job.JobOutcome;
import org.jspecify.annotations.Nullable;

/**
 * Traces attempts of jobs. Its methods are called in the thread of the run. What they throw is
 * logged and does not harm the job.
 */
@FunctionalInterface
public interface RunTracing {
  /** Traces nothing. */
  RunTracing NONE = _ -> Attempt.UNTRACED;

  /** Begins an attempt; what the current thread does from now on belongs to it. */
  Attempt begin(Job job);

  /** The trace of one attempt. */
  interface Attempt {
    /** An attempt that is not traced. */
    Attempt UNTRACED =
        new Attempt() {
          @Override
          public @Nullable String traceparent() {
            return null;
          }

          @Override
          public void threw(Throwable thrown) {}

          @Override
          public void ended(@Nullable JobOutcome outcome) {}
        };

    /** The W3C {@code traceparent} of the attempt's own span; null when it is not traced. */
    @Nullable String traceparent();

    /** The task threw this; not called for the signals by which a task retries or aborts. */
    void threw(Throwable thrown);

    /**
     * The body has ended.
     *
     * @param outcome null when it is dropped, since the job was cancelled or another worker has it
     */
    void ended(@Nullable JobOutcome outcome);
  }
}
