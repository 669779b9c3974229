package io.mrq.task;

import io.mrq.job.Job;
import java.time.Duration;
import java.util.Optional;

/**
 * What running code may ask of its job. Bound in a {@link ScopedValue} while the task runs, so also
 * code deep below it, and threads forked in a structured scope, can reach it through {@link
 * #current()}.
 */
public interface JobContext {
  /** Where the worker binds the context of the run. */
  ScopedValue<JobContext> CURRENT = ScopedValue.newInstance();

  /** The context of the job that this thread runs; nothing outside a job (CTX-03). */
  static Optional<JobContext> current() {
    return CURRENT.isBound() ? Optional.of(CURRENT.get()) : Optional.empty();
  }

  /**
   * The job as it was claimed. Its id is the same in every attempt: key side effects by it
   * (SEED-07).
   */
  Job job();

  /**
   * Whether the run was told to stop: timeout, cancel, a lost lease, or the worker's own stop. Then
   * the thread is interrupted too.
   */
  boolean stopRequested();

  /**
   * Tells how far the job has come, for people (PRG-01). Stored about once a second when it has
   * changed, and with the end of the run; never waits for the store. A success makes it 1 (PRG-03).
   *
   * @param ratio 0 … 1; what lies outside is taken as the nearest of these
   * @throws IllegalArgumentException when it is not a number
   */
  void progress(double ratio);

  /**
   * Ends this attempt now and asks for another after the task's back-off (RTY-01). Never returns.
   *
   * @param reason for the history
   */
  default RetrySignal retry(String reason) {
    return retry(RetryRequest.because(reason));
  }

  /** The same with a wait of its own; zero goes straight back into the queue (RTY-03). */
  default RetrySignal retry(String reason, Duration delay) {
    return retry(RetryRequest.because(reason).after(delay));
  }

  /**
   * Ends this attempt now and asks for another. Never returns; it is declared to return what it
   * throws, so that {@code throw context.retry(…)} tells the compiler so.
   */
  RetrySignal retry(RetryRequest request);

  /**
   * Gives the job up: it becomes {@code abort} and is never retried (ABT-01). Never returns.
   *
   * @param reason for the history
   */
  AbortSignal abort(String reason);
}
