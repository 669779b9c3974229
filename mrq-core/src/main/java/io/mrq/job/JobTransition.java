package io.mrq.job;

import static io.mrq.job.JobStatus.FAILED;
import static io.mrq.job.JobStatus.INTERRUPT;
import static io.mrq.job.JobStatus.MAXCONCURRENCY;
import static io.mrq.job.JobStatus.MAXRETRIES;
import static io.mrq.job.JobStatus.QUEUED;
import static io.mrq.job.JobStatus.RETRY;
import static io.mrq.job.JobStatus.STARTED;
import static io.mrq.job.JobStatus.SUCCESS;
import static io.mrq.job.JobStatus.TIMEOUT;

import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The table of legal transitions. Every write that changes a status names its transition here and
 * puts {@link #from()} into its filter, so what is not in the table cannot happen.
 */
public enum JobTransition {
  ENQUEUE("enqueue", none(), QUEUED),
  ENQUEUE_DELAYED("delayed enqueue", none(), RETRY),
  ENQUEUE_RAW("taken from a raw queue", none(), STARTED),
  CLAIM("claim", EnumSet.of(QUEUED), STARTED),
  CANCEL("cancel", JobStatus.waiting(), JobStatus.CANCEL),
  SUCCEED("the run returned", EnumSet.of(STARTED), SUCCESS),
  FAIL("the run threw", EnumSet.of(STARTED), FAILED),
  TIME_OUT("the run took too long", EnumSet.of(STARTED), TIMEOUT),
  ABORT("the run aborted itself", EnumSet.of(STARTED), JobStatus.ABORT),
  RETRY_LATER("the run asked for a retry", EnumSet.of(STARTED), RETRY),
  RETRY_NOW("the run asked for a retry without delay", EnumSet.of(STARTED), QUEUED),
  EXHAUST_RETRIES("the run asked for one retry too many", EnumSet.of(STARTED), MAXRETRIES),
  REFUSE_CONCURRENCY("the concurrency limit refused the run", EnumSet.of(STARTED), MAXCONCURRENCY),
  STOP("the worker was told to stop", EnumSet.of(STARTED), INTERRUPT),
  RESCUE("the worker was lost", EnumSet.of(STARTED), QUEUED),
  RETURN_UNKNOWN("the worker does not know the run", EnumSet.of(STARTED), QUEUED),
  GIVE_BACK("the worker has no free slot for the run", EnumSet.of(STARTED), QUEUED),
  CRASH_LIMIT("the job reached the crash limit", EnumSet.of(STARTED), FAILED),
  CANCEL_RUNNING("cancel of a running job", EnumSet.of(STARTED), JobStatus.CANCEL),
  REQUEUE_RUNNING("forced requeue of a running job", EnumSet.of(STARTED), QUEUED),
  DUE("due, or requeued by hand", EnumSet.of(RETRY), QUEUED),
  RESUME("put back after an interrupt", EnumSet.of(INTERRUPT), QUEUED),
  REQUEUE("requeue by hand", JobStatus.finals(), QUEUED),
  REFUSE_DOCUMENT("the store refuses to change the document", JobStatus.waiting(), FAILED),
  REFUSE_RUN("the store refuses to requeue the running job", EnumSet.of(STARTED), FAILED);

  private final String cause;
  private final Set<JobStatus> from;
  private final JobStatus to;

  JobTransition(String cause, Set<JobStatus> from, JobStatus to) {
    this.cause = cause;
    this.from = from;
    this.to = to;
  }

  private static Set<JobStatus> none() {
    return EnumSet.noneOf(JobStatus.class);
  }

  /** Returns what causes the transition, in words for the diagram of the documentation. */
  public String cause() {
    return cause;
  }

  /** Returns the statuses that it leaves; empty where there was no job before. */
  public Set<JobStatus> from() {
    return from.isEmpty() ? none() : EnumSet.copyOf(from);
  }

  /** Returns the status to which it leads. */
  public JobStatus to() {
    return to;
  }

  /** Whether any transition leads from {@code from} (null: no job yet) to {@code to}. */
  public static boolean allows(@Nullable JobStatus from, JobStatus to) {
    for (JobTransition row : values()) {
      boolean leaves = from == null ? row.from.isEmpty() : row.from.contains(from);
      if (leaves && row.to == to) {
        return true;
      }
    }
    return false;
  }
}
