package io.mrq.await;

import io.mrq.job.DurationText;
import io.mrq.job.JobId;
import io.mrq.job.JobStatus;
import io.mrq.store.StoreUnavailableException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A job did not end within the time for which its caller waited. The job itself goes on; wait for
 * it again, or cancel it.
 */
public class AwaitTimeoutException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient JobId id;
  private final @Nullable JobStatus status;

  /**
   * Says for which job the time was not enough.
   *
   * @param waited the time
   * @param status of the job when it was last seen; null: it was not seen
   * @param cause why the store did not answer at last; null: it did
   */
  public AwaitTimeoutException(
      JobId id,
      Duration waited,
      @Nullable JobStatus status,
      @Nullable StoreUnavailableException cause) {
    super(message(id, waited, status, cause), cause);
    this.id = id;
    this.status = status;
  }

  /** Returns the id of the job. */
  public JobId id() {
    return id;
  }

  /** Returns the status of the job when it was last seen; null: it was not seen. */
  public @Nullable JobStatus status() {
    return status;
  }

  private static String message(
      JobId id,
      Duration waited,
      @Nullable JobStatus status,
      @Nullable StoreUnavailableException cause) {
    String last =
        cause != null
            ? "the store does not answer"
            : status == null ? "it was not looked at yet" : "its status was " + status.text();
    return "job %s has not ended within %s; %s".formatted(id, DurationText.of(waited), last);
  }
}
