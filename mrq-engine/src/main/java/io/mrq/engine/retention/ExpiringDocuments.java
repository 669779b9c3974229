package io.mrq.engine.retention;

import io.mrq.audit.AuditLog;
import io.mrq.bulk.BulkActionStore;
import io.mrq.key.JobKeys;
import io.mrq.stats.JobRates;
import io.mrq.stats.QueueStats;
import io.mrq.task.TaskRelease;
import io.mrq.task.TaskStore;
import io.mrq.worker.WorkerStore;
import java.time.Duration;
import java.time.Instant;

/** Documents of one kind that expire, for the {@link ExpiredJobCleaner}. */
@FunctionalInterface
public interface ExpiringDocuments {
  /**
   * Deletes expired documents.
   *
   * @param limit at most this many in one call
   * @return how many were deleted; the limit when there may be more
   */
  long delete(Instant now, int limit);

  /** Idempotency keys. */
  static ExpiringDocuments of(JobKeys keys) {
    return keys::deleteExpired;
  }

  /** Workers that did not report for an hour. */
  static ExpiringDocuments of(WorkerStore workers) {
    return (now, limit) -> workers.deleteUnreported(now.minus(Duration.ofHours(1)), limit);
  }

  /** Counts of queues, after a day. */
  static ExpiringDocuments of(QueueStats stats) {
    return (now, limit) -> stats.deleteOlder(now.minus(Duration.ofDays(1)), limit);
  }

  /** Rates of jobs, after a day. */
  static ExpiringDocuments of(JobRates rates) {
    return (now, limit) -> rates.deleteOlder(now.minus(Duration.ofDays(1)), limit);
  }

  /** Releases that no worker has had for so long. */
  static ExpiringDocuments of(TaskStore tasks) {
    return (now, limit) -> tasks.deleteUnseen(now.minus(TaskRelease.KEPT), limit);
  }

  /** Entries of the audit log. */
  static ExpiringDocuments of(AuditLog audit) {
    return audit::deleteExpired;
  }

  /** Bulk actions that ended, after 30 days. */
  static ExpiringDocuments of(BulkActionStore actions) {
    return (now, limit) -> actions.deleteEnded(now.minus(Duration.ofDays(30)), limit);
  }
}
