package io.mrq.mongo;

import io.mrq.job.JobStatus;
import io.mrq.job.JobTransition;
import java.time.Instant;
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

  /** Sets one more field in an update that {@link #moved} has started. */
  static Document set(Document update, String field, Object value) {
    update.get("$set", Document.class).append(field, value);
    return update;
  }
}
