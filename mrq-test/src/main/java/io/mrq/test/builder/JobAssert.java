package io.mrq.test.builder;

import io.mrq.job.Claim;
import io.mrq.job.Job;
import io.mrq.job.JobStatus;
import java.time.Instant;
import java.util.Objects;
import org.assertj.core.api.AbstractAssert;
import org.jspecify.annotations.Nullable;

/** Assertions on a {@link Job}, to be chained. */
public final class JobAssert extends AbstractAssert<JobAssert, Job> {
  private JobAssert(Job actual) {
    super(actual, JobAssert.class);
  }

  /** Begins a chain of assertions on a job. */
  public static JobAssert assertThat(Job actual) {
    return new JobAssert(actual);
  }

  /** The job has this status. */
  public JobAssert is(JobStatus status) {
    return equal("status", actual.status(), status);
  }

  /** The job is in this queue, or was in it last. */
  public JobAssert isIn(String queue) {
    return equal("queue", actual.queue(), queue);
  }

  /** The job names this worker and this claim. */
  public JobAssert isHeldBy(Claim claim) {
    equal("worker", actual.worker(), claim.worker());
    return equal("claim", actual.claim(), claim.token());
  }

  /** The job carries no claim, by which a run learns that it lost the job. */
  public JobAssert hasNoClaim() {
    return equal("claim", actual.claim(), null);
  }

  /** The job has this order in its queue. */
  public JobAssert hasOrder(long order) {
    return equal("order", actual.order(), order);
  }

  /** The document of the job is deleted at this moment. */
  public JobAssert expiresAt(Instant date) {
    return equal("dateexpires", actual.dateexpires(), date);
  }

  /** The document of the job is never deleted: no waiting or running job may expire. */
  public JobAssert neverExpires() {
    return equal("dateexpires", actual.dateexpires(), null);
  }

  /** The job was claimed, was retried and lost its worker this many times. */
  public JobAssert hasCounts(int attempt, int retries, int crashes) {
    equal("attempt", actual.attempt(), attempt);
    equal("retry_count", actual.retryCount(), retries);
    return equal("crashes", actual.crashes(), crashes);
  }

  /** The history of the job has this many attempts. */
  public JobAssert hasHistoryOf(int attempts) {
    return equal("length of traceback_history", actual.tracebackHistory().size(), attempts);
  }

  private JobAssert equal(String field, @Nullable Object found, @Nullable Object wanted) {
    isNotNull();
    if (!Objects.equals(found, wanted)) {
      failWithMessage("Expected %s to be <%s> but was <%s> in %s", field, wanted, found, actual);
    }
    return this;
  }
}
