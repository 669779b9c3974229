package io.mrq.test.builder;

import io.mrq.job.Claim;
import io.mrq.job.Job;
import io.mrq.job.JobStatus;
import java.time.Instant;
import java.util.Objects;
import org.assertj.core.api.AbstractAssert;
import org.jspecify.annotations.Nullable;

/** Assertions on a {@link Job} in the words of the protocol. */
public final class JobAssert extends AbstractAssert<JobAssert, Job> {
  private JobAssert(Job actual) {
    super(actual, JobAssert.class);
  }

  /** Starts a sentence about a job. */
  public static JobAssert assertThat(Job actual) {
    return new JobAssert(actual);
  }

  /** It stands here. */
  public JobAssert is(JobStatus status) {
    return equal("status", actual.status(), status);
  }

  /** It waits, or waited, in this queue. */
  public JobAssert isIn(String queue) {
    return equal("queue", actual.queue(), queue);
  }

  /** Its document carries this worker and this claim. */
  public JobAssert isHeldBy(Claim claim) {
    equal("worker", actual.worker(), claim.worker());
    return equal("claim", actual.claim(), claim.token());
  }

  /** Its claim was taken away, so the run that had it learns that it lost. */
  public JobAssert hasNoClaim() {
    return equal("claim", actual.claim(), null);
  }

  /** Its place in the queue. */
  public JobAssert hasOrder(long order) {
    return equal("order", actual.order(), order);
  }

  /** Its document is deleted then. */
  public JobAssert expiresAt(Instant date) {
    return equal("dateexpires", actual.dateexpires(), date);
  }

  /** Its document stays: no waiting or running job may ever expire (protocol §1). */
  public JobAssert neverExpires() {
    return equal("dateexpires", actual.dateexpires(), null);
  }

  /** How often it was claimed, retried and crashed so far. */
  public JobAssert hasCounts(int attempt, int retries, int crashes) {
    equal("attempt", actual.attempt(), attempt);
    equal("retry_count", actual.retryCount(), retries);
    return equal("crashes", actual.crashes(), crashes);
  }

  /** How many attempts its history holds. */
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
