package io.mrq.task;

import io.mrq.job.Failure;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How an attempt asks for another one: {@code
 * RetryRequest.because("busy").after(Duration.ofMinutes(1)).on("slow")}. A request never changes,
 * each method returns a new one.
 *
 * @param reason shown in the history of the job
 * @param delay how long the job waits; zero or less: not at all; beyond a century: a century; null:
 *     the back-off of the task
 * @param maxRetries how many retries the job has in all; null: the limit of the job, or of its task
 * @param queue where the job waits; null: in the queue that it came from
 * @param cause the exception that is being handled, whose trace is kept as {@code
 *     original_traceback}; null: none
 */
public record RetryRequest(
    String reason,
    @Nullable Duration delay,
    @Nullable Integer maxRetries,
    @Nullable String queue,
    @Nullable Throwable cause) {

  /** Asks for a retry with every default. */
  public static RetryRequest because(String reason) {
    return new RetryRequest(reason, null, null, null, null);
  }

  /** Asks for a retry because of an exception, whose class and message become the reason. */
  public static RetryRequest because(Throwable cause) {
    return new RetryRequest(Failure.summary(cause), null, null, null, cause);
  }

  /** Returns this request with this wait. */
  public RetryRequest after(Duration wait) {
    return new RetryRequest(reason, wait, maxRetries, queue, cause);
  }

  /** Returns this request with this limit of retries. */
  public RetryRequest atMost(int retries) {
    return new RetryRequest(reason, delay, retries, queue, cause);
  }

  /** Returns this request for another queue. */
  public RetryRequest on(String otherQueue) {
    return new RetryRequest(reason, delay, maxRetries, otherQueue, cause);
  }
}
