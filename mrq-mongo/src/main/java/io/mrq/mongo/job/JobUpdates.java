package io.mrq.mongo.job;

import io.mrq.job.Claim;
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

/** Updates for every change of status but a completion. */
public final class JobUpdates {
  /** The exception type of a job whose document MongoDB refuses to change. */
  static final String INVALID = "InvalidDocument";

  private static final int MAX_REASON_LENGTH = 1000;

  private JobUpdates() {}

  /** Claims a queued job: it gets a worker and a token, and counts one more attempt. */
  public static Document claimed(Claim claim, Instant now) {
    Document set =
        new Document(JobFields.STATUS, JobTransition.CLAIM.to().text())
            .append(JobFields.WORKER, JobFilters.id(claim.worker()))
            .append(JobFields.CLAIM, JobFilters.id(claim.token()))
            .append(JobFields.DATESTARTED, now);
    Document unset = lastRun().append(JobFields.DATEEXPIRES, "").append(JobFields.DATERETRY, "");
    return new Document("$set", set)
        .append("$inc", new Document(JobFields.ATTEMPT, 1))
        .append("$unset", unset);
  }

  /** Puts a claimed job back whose run has not begun: its claim counts as no attempt. */
  public static Document givenBack(Instant now) {
    return of(JobTransition.GIVE_BACK, now).append("$inc", new Document(JobFields.ATTEMPT, -1));
  }

  /** Parks a claimed job whose task its worker does not know: its claim counts as no attempt. */
  public static Document parked(String path, Instant now) {
    Document update = set(givenBack(now), JobFields.LANE, QueuePlaces.parkedLane(path));
    // The worker did nothing for it, and a rescue of that worker must not take it for its own.
    update.get("$unset", Document.class).append(JobFields.WORKER, "");
    return update;
  }

  /**
   * Sets the status to which a transition leads. Only final documents keep {@code dateexpires},
   * none keeps {@code dateretry}, and a queued one keeps nothing of its last run. A transition that
   * may leave {@code started} removes the claim, by which the run learns of it.
   */
  public static Document of(JobTransition transition, Instant now) {
    boolean leavesRun = transition.from().contains(JobStatus.STARTED);
    return of(transition.to(), leavesRun, now);
  }

  /**
   * Sets a status as {@link #of(JobTransition, Instant)} does, for a change by hand that may be any
   * of several transitions.
   *
   * @param leavesRun whether the job may be {@code started}
   */
  private static Document of(JobStatus to, boolean leavesRun, Instant now) {
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
   * The fields that only an ended job has, as the content of an {@code $unset}: of earlier runs, a
   * job that waits or runs keeps the history alone.
   */
  private static Document lastRun() {
    return new Document(JobFields.RESULT, "")
        .append(JobFields.PROGRESS, "")
        .append(JobFields.TOTALTIME, "");
  }

  /** Puts a job at the tail of a queue by hand: retries and crashes start from zero. */
  public static Document requeued(ReadyJob to, boolean leavesRun, Instant now) {
    Document update = of(JobStatus.QUEUED, leavesRun, now);
    set(update, JobFields.QUEUE, to.queue());
    set(update, JobFields.DATEQUEUED, now);
    set(update, JobFields.ORDER, (double) to.order());
    set(update, JobFields.LANE, QueuePlaces.SHARED_LANE);
    set(update, JobFields.RETRY_COUNT, 0);
    return set(update, JobFields.CRASHES, 0);
  }

  /**
   * Cancels a job by hand.
   *
   * @param expires when the document is deleted
   */
  public static Document cancelled(Instant expires, boolean leavesRun, Instant now) {
    return set(of(JobStatus.CANCEL, leavesRun, now), JobFields.DATEEXPIRES, expires);
  }

  /**
   * Fails a job whose document MongoDB refuses to change.
   *
   * @param reason what MongoDB said
   */
  static Document invalid(String reason, Instant now) {
    Failure failure =
        Failure.of(
            INVALID,
            "MongoDB refused to change this document. Mend its fields, and requeue the job. "
                + reason.substring(0, Math.min(reason.length(), MAX_REASON_LENGTH)));
    JobStatus failed = JobTransition.REFUSE_DOCUMENT.to();
    Document update = of(failed, true, now);
    set(update, JobFields.EXCEPTIONTYPE, failure.exceptiontype());
    set(update, JobFields.FINGERPRINT, Fingerprint.of("", failure));
    set(update, JobFields.TRACEBACK, failure.traceback());
    return set(
        update,
        JobFields.DATEEXPIRES,
        Objects.requireNonNull(Retention.DEFAULT.expiry(failed, now, null)));
  }

  /** Refuses a change of status that is no transition. */
  public static void requireLegal(Set<JobStatus> from, JobStatus to) {
    for (JobStatus status : from) {
      if (!JobTransition.allows(status, to)) {
        throw new IllegalArgumentException(
            "no transition leads from %s to %s".formatted(status, to));
      }
    }
  }

  /** Sets one more field in an update that {@link #of} has started. */
  public static Document set(Document update, String field, Object value) {
    update.get("$set", Document.class).append(field, value);
    return update;
  }
}
