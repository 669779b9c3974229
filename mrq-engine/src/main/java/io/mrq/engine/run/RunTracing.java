package io.mrq.engine.run;

import io.mrq.job.Job;
import io.mrq.job.JobOutcome;
import org.jspecify.annotations.Nullable;

/**
 * Traces attempts of jobs. Methods are called in the thread of the job; what they throw is logged
 * and harms no job.
 */
@FunctionalInterface
public interface RunTracing {
  /** Traces nothing. */
  RunTracing NONE = _ -> Attempt.UNTRACED;

  /** An attempt begins; what its thread does from now on belongs to it. */
  Attempt begin(Job job);

  /** One attempt. */
  interface Attempt {
    /** Is not traced. */
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

    /** The W3C {@code traceparent} of the attempt itself; null: it is not traced. */
    @Nullable String traceparent();

    /** The task threw this, and did not mean to end its attempt by it. */
    void threw(Throwable thrown);

    /**
     * The attempt is over.
     *
     * @param outcome null: dropped, since another has the job
     */
    void ended(@Nullable JobOutcome outcome);
  }
}
