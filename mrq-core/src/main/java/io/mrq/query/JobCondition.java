package io.mrq.query;

import io.mrq.job.JobId;
import io.mrq.job.JobStatus;
import io.mrq.job.WorkerId;
import java.time.Instant;
import java.util.Set;

/**
 * What a {@link JobFilter} demands of a job, one record for each kind of condition. Every store
 * answers all of them; texts are compared as they are, and never read as patterns.
 */
public sealed interface JobCondition {
  /** The name under which callers give this condition. */
  default FilterField field() {
    return FilterField.of(this);
  }

  /**
   * The job is in one of these statuses.
   *
   * @param any at least one
   */
  record Statuses(Set<JobStatus> any) implements JobCondition {
    public Statuses {
      any = Set.copyOf(any);
      if (any.isEmpty()) {
        throw new IllegalArgumentException("a condition on the status must name at least one");
      }
    }
  }

  /** The job is in this queue, or was in it last. */
  record Queue(String name) implements JobCondition {}

  /** The job is one of this task. */
  record Path(String name) implements JobCondition {}

  /** This worker runs the job, or ran it last. */
  record Worker(WorkerId id) implements JobCondition {}

  /** The last failure of the job has this exception type. */
  record ExceptionType(String name) implements JobCondition {}

  /**
   * The last failure of the job has this fingerprint.
   *
   * @param text see {@link io.mrq.job.Fingerprint}
   */
  record Fingerprint(String text) implements JobCondition {}

  /** A run of this job enqueued the job. */
  record Parent(JobId id) implements JobCondition {}

  /**
   * The job was enqueued at this moment or later.
   *
   * @param date compared with the date in the id of the job, which counts whole seconds
   */
  record Since(Instant date) implements JobCondition {}

  /**
   * The job was enqueued before this moment.
   *
   * @param date compared with the date in the id of the job, which counts whole seconds
   */
  record Until(Instant date) implements JobCondition {}
}
