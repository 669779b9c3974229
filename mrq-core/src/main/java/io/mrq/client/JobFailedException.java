package io.mrq.client;

import io.mrq.job.Job;
import io.mrq.job.JobStatus;
import org.jspecify.annotations.Nullable;

/**
 * A job that somebody waits for has ended without success, so it has no result. {@link #job()} has
 * everything that is stored of it, with the stack trace and the history of its attempts.
 */
public class JobFailedException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private static final int MAX_REASON = 1000;

  private final transient Job job;

  /** Says how the job ended. */
  public JobFailedException(Job job) {
    super(message(job));
    this.job = job;
  }

  /** Returns the job as it ended. */
  public Job job() {
    return job;
  }

  /** Returns the final status, which is any but {@code success}. */
  public JobStatus status() {
    return job.status();
  }

  /**
   * Returns the type of the last failure, the simple name of the exception's class; null: there was
   * none, since the job was cancelled before its first run.
   */
  public @Nullable String exceptiontype() {
    return job.exceptiontype();
  }

  private static String message(Job job) {
    String ended =
        "job %s of %s ended with the status %s"
            .formatted(job.id(), job.path(), job.status().text());
    String reason = job.status() == JobStatus.CANCEL ? "" : reason(job);
    return reason.isEmpty() ? ended : ended + ": " + reason;
  }

  /** The first line of the stack trace has the exception and its message. */
  private static String reason(Job job) {
    String trace = job.traceback() == null ? "" : job.traceback();
    String first = trace.lines().filter(line -> !line.isBlank()).findFirst().orElse("").strip();
    String type = job.exceptiontype() == null ? "" : job.exceptiontype();
    String reason = first.contains(type) ? first : type + ": " + first;
    return reason.length() > MAX_REASON ? reason.substring(0, MAX_REASON) + "…" : reason;
  }
}
