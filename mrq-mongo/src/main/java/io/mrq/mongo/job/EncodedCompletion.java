package io.mrq.mongo.job;

import io.mrq.job.AttemptRecord;
import io.mrq.job.Completion;
import io.mrq.job.Failure;
import io.mrq.job.InvalidJobException;
import io.mrq.job.JobStatus;
import io.mrq.job.JobTransition;
import io.mrq.job.JobValues;
import io.mrq.mongo.document.PlainBson;
import io.mrq.store.NotStorableException;
import io.mrq.store.PreparedCompletion;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bson.RawBsonDocument;
import org.jspecify.annotations.Nullable;

/**
 * The end of a run as bytes: one update with everything in it, the history too (BUG-38), so that a
 * reader never sees half an end (behaviours §5.2).
 *
 * <p>{@code worker} and {@code claim} stay in the document: with them the worker recognises its own
 * write when the answer got lost (protocol §5).
 *
 * @param filter the fence
 * @param update what it writes
 */
public record EncodedCompletion(
    Completion completion, RawBsonDocument filter, RawBsonDocument update)
    implements PreparedCompletion {
  /** How many attempts the history keeps (BUG-38). */
  public static final int HISTORY = 20;

  /**
   * Encodes the end of a run.
   *
   * @throws NotStorableException when the result cannot be stored (BUG-36)
   */
  public static EncodedCompletion of(Completion completion) {
    requireStorable(completion);
    RawBsonDocument filter =
        PlainBson.encode(
            JobFilters.fence(
                JobFilters.id(completion.run().job()),
                completion.run().claim(),
                JobFilters.leaving(completion.transition())));
    RawBsonDocument update = PlainBson.encode(update(completion));
    JobDocuments.requireFits(update, "The end of job " + completion.run().job());
    return new EncodedCompletion(completion, filter, update);
  }

  private static void requireStorable(Completion completion) {
    try {
      long size = JobValues.checkResult(completion.result());
      if (size > JobDocuments.MAX_SIZE) {
        throw new NotStorableException(
            "'result' takes %,d bytes, but at most %,d can be stored with a job"
                .formatted(size, JobDocuments.MAX_SIZE),
            null);
      }
    } catch (InvalidJobException e) {
      throw new NotStorableException(String.valueOf(e.getMessage()), e);
    }
  }

  private static Map<String, @Nullable Object> update(Completion completion) {
    Map<String, @Nullable Object> update = new LinkedHashMap<>();
    update.put("$set", set(completion));
    update.put("$unset", unset(completion));
    Failure failure = completion.failure();
    if (failure != null && completion.inHistory()) {
      update.put("$push", push(attempt(completion, failure)));
    }
    return update;
  }

  private static Map<String, @Nullable Object> set(Completion completion) {
    Map<String, @Nullable Object> set = new LinkedHashMap<>();
    set.put(JobFields.STATUS, completion.transition().to().text());
    set.put(JobFields.DATEUPDATED, completion.ended());
    if (!isQueued(completion)) {
      set.put(JobFields.TOTALTIME, JobDocuments.seconds(completion.totaltime()));
    }
    if (completion.dateexpires() != null) {
      set.put(JobFields.DATEEXPIRES, completion.dateexpires());
    }
    if (completion.result() != null) {
      set.put(JobFields.RESULT, completion.result());
    }
    if (completion.notes().trace() != null) {
      set.put(JobFields.TRACE, TraceDocuments.document(completion.notes().trace()));
    }
    if (completion.notes().progress() != null && completion.next() == null) {
      set.put(JobFields.PROGRESS, completion.notes().progress());
    }
    Failure failure = completion.failure();
    if (failure != null) {
      set.put(JobFields.EXCEPTIONTYPE, failure.exceptiontype());
      set.put(JobFields.TRACEBACK, failure.traceback());
    }
    if (completion.fingerprint() != null) {
      set.put(JobFields.FINGERPRINT, completion.fingerprint());
    }
    Completion.Next next = completion.next();
    if (next != null) {
      set.put(JobFields.QUEUE, next.queue());
      set.put(dateField(completion), next.date());
      set.put(JobFields.ORDER, (double) next.order());
      set.put(JobFields.RETRY_COUNT, next.retryCount());
    }
    return set;
  }

  private static Map<String, @Nullable Object> unset(Completion completion) {
    Map<String, @Nullable Object> unset = new LinkedHashMap<>();
    if (completion.result() == null) {
      // Of an earlier success, before somebody requeued the job.
      unset.put(JobFields.RESULT, "");
    }
    if (completion.next() != null) {
      unset.put(JobFields.PROGRESS, "");
    }
    if (isQueued(completion)) {
      unset.put(JobFields.TOTALTIME, "");
    }
    if (completion.dateexpires() == null) {
      unset.put(JobFields.DATEEXPIRES, "");
    }
    if (completion.transition() != JobTransition.RETRY_LATER) {
      unset.put(JobFields.DATERETRY, "");
    }
    if (completion.transition() == JobTransition.SUCCEED) {
      // The history remembers (TRC-04).
      unset.put(JobFields.EXCEPTIONTYPE, "");
      unset.put(JobFields.FINGERPRINT, "");
      unset.put(JobFields.TRACEBACK, "");
    }
    return unset;
  }

  private static boolean isQueued(Completion completion) {
    return completion.transition().to() == JobStatus.QUEUED;
  }

  private static String dateField(Completion completion) {
    return completion.transition() == JobTransition.RETRY_LATER
        ? JobFields.DATERETRY
        : JobFields.DATEQUEUED;
  }

  private static AttemptRecord attempt(Completion completion, Failure failure) {
    return new AttemptRecord(
        completion.ended(),
        completion.transition().to().text(),
        failure,
        completion.run().claim().worker());
  }

  /** One attempt as an entry of the history. */
  public static Map<String, @Nullable Object> entry(AttemptRecord attempt) {
    Map<String, @Nullable Object> entry = new LinkedHashMap<>();
    entry.put(JobFields.DATE, attempt.date());
    entry.put(JobFields.STATUS, attempt.status());
    entry.put(JobFields.EXCEPTIONTYPE, attempt.failure().exceptiontype());
    entry.put(JobFields.TRACEBACK, attempt.failure().traceback());
    if (attempt.failure().originalTraceback() != null) {
      entry.put(JobFields.ORIGINAL_TRACEBACK, attempt.failure().originalTraceback());
    }
    if (attempt.worker() != null) {
      entry.put(JobFields.WORKER, JobFilters.id(attempt.worker()));
    }
    return entry;
  }

  /**
   * The {@code $push} that adds one attempt to the history and forgets the oldest beyond the limit.
   */
  public static Map<String, @Nullable Object> push(AttemptRecord attempt) {
    Map<String, @Nullable Object> push = new LinkedHashMap<>();
    push.put("$each", List.of(entry(attempt)));
    push.put("$slice", -HISTORY);
    Map<String, @Nullable Object> field = new LinkedHashMap<>();
    field.put(JobFields.TRACEBACK_HISTORY, push);
    return field;
  }
}
