package io.mrq.client;

import io.mrq.job.NewJob;
import io.mrq.job.TraceContext;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Traces the sending of jobs, and says which context travels with them. What its methods throw is
 * logged and harms nobody.
 */
@FunctionalInterface
public interface SendTracing {
  /** Traces nothing. */
  SendTracing NONE = _ -> Sending.UNTRACED;

  /**
   * The current thread begins to store jobs, and ends that with {@link Sending#close}.
   *
   * @param jobs that are stored together, at least one
   */
  Sending begin(List<NewJob> jobs);

  /** One sending of jobs. */
  interface Sending extends AutoCloseable {
    /** Is not traced. */
    Sending UNTRACED =
        new Sending() {
          @Override
          public @Nullable TraceContext context() {
            return null;
          }

          @Override
          public void failed(Throwable why) {}

          @Override
          public void close() {}
        };

    /** What the jobs carry; null: nothing. */
    @Nullable TraceContext context();

    /** They could not be stored. */
    void failed(Throwable why);

    @Override
    void close();
  }
}
