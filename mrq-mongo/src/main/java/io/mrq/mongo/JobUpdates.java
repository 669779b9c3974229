package io.mrq.mongo;

import io.mrq.job.JobStatus;
import io.mrq.job.JobTransition;
import io.mrq.job.ReadyJob;
import java.time.Instant;
import java.util.Set;
import org.bson.Document;

/** The start of every update that moves a job other than by a claim or the end of its run. */
final class JobUpdates {
  private JobUpdates() {}

  /**
   * Sets the new status. Only final documents keep {@code dateexpires}, only retries {@code
   * dateretry}. A move that may leave {@code started} takes the claim away, so that the run learns
   * of it (protocol §1, §5).
   */
  static Document moved(JobTransition transition, Instant now) {
    boolean leavesRun = transition.from().contains(JobStatus.STARTED);
    return moved(transition.to(), leavesRun, now);
  }

  /**
   * As above, for a move by hand, where several rows of the table may apply.
   *
   * @param leavesRun whether the job may be {@code started}
   */
  static Document moved(JobStatus to, boolean leavesRun, Instant now) {
    Document unset = new Document(JobFields.DATERETRY, "");
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

  /** To the tail of a queue, by hand: retries and crashes start from zero. */
  static Document requeued(ReadyJob to, boolean leavesRun, Instant now) {
    Document update = moved(JobStatus.QUEUED, leavesRun, now);
    set(update, JobFields.QUEUE, to.queue());
    set(update, JobFields.DATEQUEUED, now);
    set(update, JobFields.ORDER, (double) to.order());
    set(update, JobFields.RETRY_COUNT, 0);
    return set(update, JobFields.CRASHES, 0);
  }

  /** Cancelled, by hand. */
  static Document cancelled(Instant expires, boolean leavesRun, Instant now) {
    return set(moved(JobStatus.CANCEL, leavesRun, now), JobFields.DATEEXPIRES, expires);
  }

  /** Refuses a move that the table forbids. */
  static void requireLegal(Set<JobStatus> from, JobStatus to) {
    for (JobStatus status : from) {
      if (!JobTransition.allows(status, to)) {
        throw new IllegalArgumentException("no job moves from %s to %s".formatted(status, to));
      }
    }
  }

  /** Sets one more field in an update that {@link #moved} has started. */
  static Document set(Document update, String field, Object value) {
    update.get("$set", Document.class).append(field, value);
    return update;
  }
}
