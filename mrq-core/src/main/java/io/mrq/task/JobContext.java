package io.mrq.task;

import io.mrq.job.Job;
import java.time.Duration;
import java.util.Optional;

/**
 * What a running task may ask of its job, and tell of it. The worker binds the context while the
 * task runs, so code deep below the task, and threads that it forks in a structured scope, reach it
 * through {@link #current()}:
 *
 * <pre>{@code
 * JobContext context = JobContext.current().orElseThrow();
 * if (service.isBusy()) {
 *   throw context.retry("the service is busy", Duration.ofMinutes(1));
 * }
 * }</pre>
 */
public interface JobContext {
  /**
   * The scoped value that holds the context of the run. Bind it in threads of your own that work
   * for the job.
   */
  ScopedValue<JobContext> CURRENT = ScopedValue.newInstance();

  /** Returns the context of the job that this thread runs; nothing outside a job. */
  static Optional<JobContext> current() {
    return CURRENT.isBound() ? Optional.of(CURRENT.get()) : Optional.empty();
  }

  /**
   * Returns the job as it was claimed. Its id is the same in every attempt, so side effects that
   * are keyed by it can be repeated without harm.
   */
  Job job();

  /**
   * Whether the run should stop: it took longer than its timeout, its job was cancelled, another
   * worker has the job, or this worker stops. The thread is interrupted as well; ask here in loops
   * that never block.
   */
  boolean stopRequested();

  /**
   * Tells how far the job has come. It is stored about once a second if it has changed, and with
   * the outcome of the run; this method never waits for the store. The progress of a job that
   * succeeded is 1.
   *
   * @param ratio 0 … 1; a value outside counts as the nearest of these
   * @throws IllegalArgumentException when it is not a number
   */
  void progress(double ratio);

  /**
   * Ends this attempt now and asks for another one, after the back-off of the task. When the job
   * has no retry left, it becomes {@code maxretries}. Never returns, see {@link
   * #retry(RetryRequest)}.
   *
   * @param reason shown in the history of the job
   */
  default RetrySignal retry(String reason) {
    return retry(RetryRequest.because(reason));
  }

  /**
   * Ends this attempt now and asks for another one after this time.
   *
   * @param reason shown in the history of the job
   * @param delay zero: the job goes straight back into its queue
   */
  default RetrySignal retry(String reason, Duration delay) {
    return retry(RetryRequest.because(reason).after(delay));
  }

  /**
   * Ends this attempt now and asks for another one. Never returns: it is declared to return what it
   * throws, so that {@code throw context.retry(…)} tells the compiler that the code ends here.
   */
  RetrySignal retry(RetryRequest request);

  /**
   * Aborts the job: it becomes {@code abort} and is never retried. Never returns, as {@link
   * #retry(RetryRequest)} does not.
   *
   * @param reason shown in the history of the job
   */
  AbortSignal abort(String reason);
}
