package io.mrq.mongo.query;

import io.mrq.job.JobId;
import io.mrq.job.JobStatus;
import io.mrq.mongo.job.JobFields;
import io.mrq.mongo.job.JobFilters;
import io.mrq.query.JobFilter;
import java.util.EnumSet;
import java.util.Set;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/** What a {@link JobFilter} demands, as one flat document. */
public final class ListConditions {
  /** Every text that says something; the index of failures holds exactly these documents. */
  public static final Document SOME_TEXT = new Document("$gt", "");

  private ListConditions() {}

  /**
   * The conditions of a page.
   *
   * @param after only ids older than this one
   */
  public static Document of(JobFilter filter, @Nullable JobId after) {
    Document conditions = new Document();
    Set<JobStatus> statuses = statuses(filter);
    if (!statuses.isEmpty()) {
      conditions.append(JobFields.STATUS, JobFilters.any(statuses));
    }
    appendPresent(conditions, JobFields.QUEUE, filter.queue());
    appendPresent(conditions, JobFields.PATH, filter.path());
    appendPresent(
        conditions,
        JobFields.WORKER,
        filter.worker() == null ? null : JobFilters.id(filter.worker()));
    if (filter.fingerprint() != null && filter.exceptiontype() == null) {
      // What has the one has the other, and only so the index of failures may be used.
      conditions.append(JobFields.EXCEPTIONTYPE, SOME_TEXT);
    }
    appendPresent(conditions, JobFields.EXCEPTIONTYPE, filter.exceptiontype());
    appendPresent(conditions, JobFields.FINGERPRINT, filter.fingerprint());
    appendPresent(
        conditions,
        JobFields.PARENT,
        filter.parent() == null ? null : JobFilters.id(filter.parent()));
    Document ids = ids(filter, after);
    if (!ids.isEmpty()) {
      conditions.append(JobFields.ID, ids);
    }
    return conditions;
  }

  /** Naming every status opens the way to the index of failures, which begins with the status. */
  private static Set<JobStatus> statuses(JobFilter filter) {
    boolean ofFailures = filter.exceptiontype() != null || filter.fingerprint() != null;
    return ofFailures && filter.statuses().isEmpty()
        ? EnumSet.allOf(JobStatus.class)
        : filter.statuses();
  }

  /** The conditions of failed jobs. */
  static Document ofFailures(JobFilter filter) {
    Document conditions = of(filter, null);
    conditions.putIfAbsent(JobFields.EXCEPTIONTYPE, SOME_TEXT);
    return conditions;
  }

  private static Document ids(JobFilter filter, @Nullable JobId after) {
    JobId end = filter.until() == null ? null : JobId.least(filter.until());
    JobId below = end == null || (after != null && after.compareTo(end) < 0) ? after : end;
    Document ids = new Document();
    if (filter.since() != null) {
      ids.append("$gte", JobFilters.id(JobId.least(filter.since())));
    }
    if (below != null) {
      ids.append("$lt", JobFilters.id(below));
    }
    return ids;
  }

  private static void appendPresent(Document conditions, String field, @Nullable Object value) {
    if (value != null) {
      conditions.append(field, value);
    }
  }
}
