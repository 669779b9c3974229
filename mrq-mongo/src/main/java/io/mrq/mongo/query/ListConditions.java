package io.mrq.mongo.query;

import io.mrq.job.JobId;
import io.mrq.job.JobStatus;
import io.mrq.job.WorkerId;
import io.mrq.mongo.job.JobFields;
import io.mrq.mongo.job.JobFilters;
import io.mrq.query.JobCondition;
import io.mrq.query.JobCondition.ExceptionType;
import io.mrq.query.JobCondition.Fingerprint;
import io.mrq.query.JobCondition.Parent;
import io.mrq.query.JobCondition.Path;
import io.mrq.query.JobCondition.Queue;
import io.mrq.query.JobCondition.Since;
import io.mrq.query.JobCondition.Statuses;
import io.mrq.query.JobCondition.Until;
import io.mrq.query.JobCondition.Worker;
import io.mrq.query.JobFilter;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;
import org.bson.Document;
import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;

/** A {@link JobFilter} as one flat document. */
public final class ListConditions {
  /** Any text but the empty one; the index of failures holds exactly these documents. */
  public static final Document SOME_TEXT = new Document("$gt", "");

  private ListConditions() {}

  /**
   * The conditions of a page.
   *
   * @param after only ids older than this one; null: from the newest
   */
  public static Document of(JobFilter filter, @Nullable JobId after) {
    Document document = new Document();
    filter.conditions().forEach(condition -> append(document, condition));
    if (after != null) {
      appendBefore(document, after);
    }
    if (document.containsKey(JobFields.EXCEPTIONTYPE)
        || document.containsKey(JobFields.FINGERPRINT)) {
      openIndexOfFailures(document);
    }
    return document;
  }

  /** The conditions of a read that goes on after a job. */
  static Document before(Document read, @Nullable JobId after) {
    if (after == null) {
      return read;
    }
    Document copy = new Document(read);
    copy.computeIfPresent(JobFields.ID, (_, range) -> new Document((Document) range));
    appendBefore(copy, after);
    return copy;
  }

  private static void append(Document document, JobCondition condition) {
    switch (condition) {
      case Statuses(Set<JobStatus> any) -> document.append(JobFields.STATUS, JobFilters.any(any));
      case Queue(String name) -> document.append(JobFields.QUEUE, name);
      case Path(String name) -> document.append(JobFields.PATH, name);
      case Worker(WorkerId id) -> document.append(JobFields.WORKER, JobFilters.id(id));
      case ExceptionType(String name) -> document.append(JobFields.EXCEPTIONTYPE, name);
      case Fingerprint(String text) -> document.append(JobFields.FINGERPRINT, text);
      case Parent(JobId id) -> document.append(JobFields.PARENT, JobFilters.id(id));
      case Since(Instant date) ->
          idRange(document).append("$gte", JobFilters.id(JobId.least(date)));
      case Until(Instant date) -> appendBefore(document, JobId.least(date));
    }
  }

  /** Of several such bounds the lowest counts. */
  private static void appendBefore(Document document, JobId end) {
    idRange(document).merge("$lt", JobFilters.id(end), ListConditions::lower);
  }

  private static Object lower(Object one, Object other) {
    return ((ObjectId) one).compareTo((ObjectId) other) <= 0 ? one : other;
  }

  private static Document idRange(Document document) {
    return (Document) document.computeIfAbsent(JobFields.ID, _ -> new Document());
  }

  /**
   * Says what is true of every failed job: the index of failures begins with the status, and holds
   * only jobs that have an exception type.
   */
  private static void openIndexOfFailures(Document document) {
    document.putIfAbsent(JobFields.STATUS, JobFilters.any(EnumSet.allOf(JobStatus.class)));
    document.putIfAbsent(JobFields.EXCEPTIONTYPE, SOME_TEXT);
  }

  /** The conditions of failed jobs. */
  static Document ofFailures(JobFilter filter) {
    Document document = of(filter, null);
    document.putIfAbsent(JobFields.EXCEPTIONTYPE, SOME_TEXT);
    return document;
  }
}
