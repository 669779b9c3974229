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
import java.util.Map;
import org.bson.RawBsonDocument;
import org.jspecify.annotations.Nullable;

/**
 * A completion as bytes. It is one update with everything in it, the history of attempts too, so
 * that no reader ever sees half of it.
 *
 * <p>{@code worker} and {@code claim} stay in the document: by them a worker recognises its own
 * write when the answer was lost.
 *
 * @param filter matches the job as long as its stored run is the completed one
 * @param update sets the outcome
 */
public record EncodedCompletion(
    Completion completion, RawBsonDocument filter, RawBsonDocument update)
    implements PreparedCompletion {
  /**
   * Encodes a completion.
   *
   * @throws NotStorableException when the result cannot be stored, or the update is too large
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
    JobDocuments.requireFits(update, "The completion of job " + completion.run().job());
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
      update.put("$push", AttemptDocuments.push(attempt(completion, failure)));
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
      // It may be left from an earlier success, after which somebody requeued the job.
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
      // The failures of earlier attempts stay in the history.
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
}
