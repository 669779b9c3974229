package io.mrq.task;

import io.mrq.job.Failure;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How an attempt asks for another.
 *
 * @param reason for the history
 * @param delay null: by the task's back-off; zero or less: none; a century at most
 * @param maxRetries null: the job's or task's limit
 * @param queue null: the queue that the job came from
 * @param cause what was being handled; its trace is kept as {@code original_traceback}
 */
public record RetryRequest(
    String reason,
    @Nullable Duration delay,
    @Nullable Integer maxRetries,
    @Nullable String queue,
    @Nullable Throwable cause) {

  /** A retry with every default. */
  public static RetryRequest because(String reason) {
    return new RetryRequest(reason, null, null, null, null);
  }

  /** A retry because of an exception. */
  public static RetryRequest because(Throwable cause) {
    return new RetryRequest(Failure.summary(cause), null, null, null, cause);
  }

  /** The same after this wait. */
  public RetryRequest after(Duration wait) {
    return new RetryRequest(reason, wait, maxRetries, queue, cause);
  }

  /** The same with another limit. */
  public RetryRequest atMost(int retries) {
    return new RetryRequest(reason, delay, retries, queue, cause);
  }

  /** The same on another queue. */
  public RetryRequest on(String otherQueue) {
    return new RetryRequest(reason, delay, maxRetries, otherQueue, cause);
  }
}
