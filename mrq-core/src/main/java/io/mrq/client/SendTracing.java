package io.mrq.client;

import io.mrq.job.NewJob;
import io.mrq.job.TraceContext;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Traces the sending of jobs, and says which trace context goes with them. What its methods throw
 * is logged, and the jobs are stored all the same.
 */
@FunctionalInterface
public interface SendTracing {
  /** Traces nothing. */
  SendTracing NONE = _ -> Sending.UNTRACED;

  /**
   * Begins a sending: the current thread is about to store these jobs. It calls {@link
   * Sending#close} when it is done.
   *
   * @param jobs the jobs that are stored together, at least one
   */
  Sending begin(List<NewJob> jobs);

  /** One sending of jobs. */
  interface Sending extends AutoCloseable {
    /** A sending that is not traced. */
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

    /** Returns the context that goes with the jobs; null: none. */
    @Nullable TraceContext context();

    /** The jobs could not be stored. */
    void failed(Throwable why);

    @Override
    void close();
  }
}
