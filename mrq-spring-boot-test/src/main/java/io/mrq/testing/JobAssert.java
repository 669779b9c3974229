package io.mrq.testing;

import io.mrq.job.Job;
import io.mrq.job.JobId;
import io.mrq.job.JobStatus;
import java.time.Instant;
import java.util.Objects;
import org.assertj.core.api.AbstractAssert;
import org.jspecify.annotations.Nullable;

/**
 * Assertions about a job, see {@link MrqAssertions}. A failed one shows the status of the job and,
 * if its last run did not succeed, the stack trace.
 */
public final class JobAssert extends AbstractAssert<JobAssert, @Nullable Job> {
  JobAssert(@Nullable Job actual) {
    super(actual, JobAssert.class);
  }

  /** The task returned, so the status is {@code success}. */
  public JobAssert succeeded() {
    return hasStatus(JobStatus.SUCCESS);
  }

  /** The task threw an exception that asks for no retry, so the status is {@code failed}. */
  public JobAssert failed() {
    return hasStatus(JobStatus.FAILED);
  }

  /** The task threw an exception of this class, and the status is {@code failed}. */
  public JobAssert failedWith(Class<? extends Throwable> type) {
    return failed().equal("the exception type", job().exceptiontype(), type.getSimpleName());
  }

  /** The job waits in its queue. */
  public JobAssert isQueued() {
    return hasStatus(JobStatus.QUEUED);
  }

  /** The job waits for a retry, or as a delayed job for its first run, which is due then. */
  public JobAssert waitsUntil(Instant date) {
    return hasStatus(JobStatus.RETRY).equal("the date of its next run", job().dateretry(), date);
  }

  /** The job has this status. */
  public JobAssert hasStatus(JobStatus status) {
    return equal("the status", job().status(), status);
  }

  /**
   * The job has this result.
   *
   * @param result as it is stored: what Jackson writes, such as a map for a record; null: none
   */
  public JobAssert hasResult(@Nullable Object result) {
    return equal("the result", job().result(), result);
  }

  /** The job is one of this task. */
  public JobAssert hasPath(String path) {
    return equal("the path", job().path(), path);
  }

  /** The job is in this queue, or was in it last. */
  public JobAssert isInQueue(String queue) {
    return equal("the queue", job().queue(), queue);
  }

  /** The job has a param with this value, as it is stored. */
  public JobAssert hasParam(String name, @Nullable Object value) {
    if (!job().params().containsKey(name)) {
      throw failure("%nExpected a param '%s'%nbut the params are %s%n%s", name, params(), state());
    }
    return equal("the param '" + name + "'", job().params().get(name), value);
  }

  /** A run of this job enqueued the job. */
  public JobAssert hasParent(JobId parent) {
    return equal("the parent", job().parent(), parent);
  }

  /** The job has been run this many times. */
  public JobAssert hasAttempts(int attempts) {
    return equal("the number of attempts", job().attempt(), attempts);
  }

  /** The job has been retried this many times since it was enqueued or requeued. */
  public JobAssert hasRetries(int retries) {
    return equal("the number of retries", job().retryCount(), retries);
  }

  /** The stack trace or the sentence of the last run that did not succeed contains this text. */
  public JobAssert hasTracebackContaining(String text) {
    String traceback = job().traceback();
    if (traceback == null || !traceback.contains(text)) {
      throw failure("%nExpected a traceback with <%s>%n%s", text, state());
    }
    return this;
  }

  private Job job() {
    isNotNull();
    return Objects.requireNonNull(actual);
  }

  private Object params() {
    return job().params();
  }

  private JobAssert equal(String what, @Nullable Object found, @Nullable Object wanted) {
    if (!Objects.equals(found, wanted)) {
      throw failureWithActualExpected(
          found,
          wanted,
          "%nExpected %s to be <%s>%nbut it is <%s>%n%s",
          what,
          wanted,
          found,
          state());
    }
    return this;
  }

  private String state() {
    Job job = job();
    String traceback = job.traceback();
    return "in job %s of %s, whose status is %s%s"
        .formatted(
            job.id(), job.path(), job.status().text(), traceback == null ? "" : ":\n" + traceback);
  }
}
