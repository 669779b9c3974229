package io.mrq.mongo.job;

import io.mrq.job.Failure;
import io.mrq.job.Fingerprint;
import io.mrq.job.JobStatus;
import io.mrq.job.JobTransition;
import io.mrq.job.ReadyJob;
import io.mrq.job.Retention;
import java.time.Instant;
import java.util.Objects;
import java.util.Set;
import org.bson.Document;

/** The start of every update that moves a job other than by a claim or the end of its run. */
public final class JobUpdates {
  /** The exception type of a job whose document MongoDB refuses to change. */
  public static final String INVALID = "InvalidDocument";

  private static final int MAX_REASON = 1000;

  private JobUpdates() {}

  /**
   * Sets the new status. Only final documents keep {@code dateexpires}, only retries {@code
   * dateretry}; a queued one keeps nothing of its last run. A move that may leave {@code started}
   * takes the claim away, so that the run learns of it.
   */
  public static Document moved(JobTransition transition, Instant now) {
    boolean leavesRun = transition.from().contains(JobStatus.STARTED);
    return moved(transition.to(), leavesRun, now);
  }

  /**
   * As above, for a move by hand, where several rows of the table may apply.
   *
   * @param leavesRun whether the job may be {@code started}
   */
  public static Document moved(JobStatus to, boolean leavesRun, Instant now) {
    Document unset = to == JobStatus.QUEUED ? lastRun() : new Document();
    unset.append(JobFields.DATERETRY, "");
    if (!to.isFinal()) {
      unset.append(JobFields.DATEEXPIRES, "");
    }
    if (leavesRun) {
      unset.append(JobFields.CLAIM, "");
    }
    return new Document(
            "$set", new Document(JobFields.STATUS, to.text()).append(JobFields.DATEUPDATED, now))
        .append("$unset", unset);
  }

  /**
   * What an ended run leaves, as the content of an {@code $unset}: a job that waits for its next
   * run, or is in it, tells nothing of the one before but its history.
   */
  public static Document lastRun() {
    return new Document(JobFields.RESULT, "")
        .append(JobFields.PROGRESS, "")
        .append(JobFields.TOTALTIME, "");
  }

  /** To the tail of a queue, by hand: retries and crashes start from zero. */
  public static Document requeued(ReadyJob to, boolean leavesRun, Instant now) {
    Document update = moved(JobStatus.QUEUED, leavesRun, now);
    set(update, JobFields.QUEUE, to.queue());
    set(update, JobFields.DATEQUEUED, now);
    set(update, JobFields.ORDER, (double) to.order());
    set(update, JobFields.RETRY_COUNT, 0);
    return set(update, JobFields.CRASHES, 0);
  }

  /** Cancelled, by hand. */
  public static Document cancelled(Instant expires, boolean leavesRun, Instant now) {
    return set(moved(JobStatus.CANCEL, leavesRun, now), JobFields.DATEEXPIRES, expires);
  }

  /**
   * Failed, because the document does not allow what was to be done with its job.
   *
   * @param reason a sentence of MongoDB
   */
  public static Document invalid(String reason, Instant now) {
    Failure failure =
        Failure.of(
            INVALID,
            "The fields of this document do not allow its job to go on. Mend them, and requeue it. "
                + reason.substring(0, Math.min(reason.length(), MAX_REASON)));
    JobStatus failed = JobTransition.REFUSE_DOCUMENT.to();
    Document update = moved(failed, true, now);
    set(update, JobFields.EXCEPTIONTYPE, failure.exceptiontype());
    set(update, JobFields.FINGERPRINT, Fingerprint.of("", failure));
    set(update, JobFields.TRACEBACK, failure.traceback());
    return set(
        update,
        JobFields.DATEEXPIRES,
        Objects.requireNonNull(Retention.DEFAULT.expiry(failed, now, null)));
  }

  /** Refuses a move that the table forbids. */
  public static void requireLegal(Set<JobStatus> from, JobStatus to) {
    for (JobStatus status : from) {
      if (!JobTransition.allows(status, to)) {
        throw new IllegalArgumentException("no job moves from %s to %s".formatted(status, to));
      }
    }
  }

  /** Sets one more field in an update that {@link #moved} has started. */
  public static Document set(Document update, String field, Object value) {
    update.get("$set", Document.class).append(field, value);
    return update;
  }
}
