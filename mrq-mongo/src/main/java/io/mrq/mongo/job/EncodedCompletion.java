package io.mrq.mongo.job;

import io.mrq.job.AttemptRecord;
import io.mrq.job.Claim;
import io.mrq.job.Completion;
import io.mrq.job.Failure;
import io.mrq.job.InvalidJobException;
import io.mrq.job.JobStatus;
import io.mrq.job.JobTransition;
import io.mrq.job.JobValues;
import io.mrq.mongo.document.PlainBson;
import io.mrq.store.NotStorableException;
import io.mrq.store.PreparedCompletion;
import org.bson.BsonWriter;
import org.bson.RawBsonDocument;

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
    RawBsonDocument filter = PlainBson.encode(writer -> writeFilter(writer, completion));
    RawBsonDocument update = PlainBson.encode(writer -> writeUpdate(writer, completion));
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

  private static void writeFilter(BsonWriter writer, Completion completion) {
    Claim claim = completion.run().claim();
    writer.writeStartDocument();
    writer.writeObjectId(JobFields.ID, JobFilters.id(completion.run().job()));
    PlainBson.writeField(writer, JobFields.STATUS, JobFilters.leaving(completion.transition()));
    writer.writeObjectId(JobFields.WORKER, JobFilters.id(claim.worker()));
    writer.writeObjectId(JobFields.CLAIM, JobFilters.id(claim.token()));
    writer.writeEndDocument();
  }

  private static void writeUpdate(BsonWriter writer, Completion completion) {
    writer.writeStartDocument();
    writer.writeStartDocument("$set");
    writeSet(writer, completion);
    writer.writeEndDocument();
    writer.writeStartDocument("$unset");
    writeUnset(writer, completion);
    writer.writeEndDocument();
    Failure failure = completion.failure();
    if (failure != null && completion.inHistory()) {
      PlainBson.writeField(writer, "$push", AttemptDocuments.push(attempt(completion, failure)));
    }
    writer.writeEndDocument();
  }

  private static void writeSet(BsonWriter writer, Completion completion) {
    writer.writeString(JobFields.STATUS, completion.transition().to().text());
    PlainBson.writeField(writer, JobFields.DATEUPDATED, completion.ended());
    if (!isQueued(completion)) {
      PlainBson.writeField(
          writer, JobFields.TOTALTIME, JobDocuments.seconds(completion.totaltime()));
    }
    JobDocuments.writePresent(writer, JobFields.DATEEXPIRES, completion.dateexpires());
    JobDocuments.writePresent(writer, JobFields.RESULT, completion.result());
    JobDocuments.writePresent(
        writer, JobFields.TRACE, TraceDocuments.document(completion.notes().trace()));
    if (completion.next() == null) {
      JobDocuments.writePresent(writer, JobFields.PROGRESS, completion.notes().progress());
    }
    Failure failure = completion.failure();
    if (failure != null) {
      PlainBson.writeField(writer, JobFields.EXCEPTIONTYPE, failure.exceptiontype());
      PlainBson.writeField(writer, JobFields.TRACEBACK, failure.traceback());
    }
    JobDocuments.writePresent(writer, JobFields.FINGERPRINT, completion.fingerprint());
    Completion.Next next = completion.next();
    if (next != null) {
      PlainBson.writeField(writer, JobFields.QUEUE, next.queue());
      PlainBson.writeField(writer, dateField(completion), next.date());
      writer.writeDouble(JobFields.ORDER, next.order());
      writer.writeInt32(JobFields.RETRY_COUNT, next.retryCount());
    }
  }

  private static void writeUnset(BsonWriter writer, Completion completion) {
    if (completion.result() == null) {
      // It may be left from an earlier success, after which somebody requeued the job.
      writer.writeString(JobFields.RESULT, "");
    }
    if (completion.next() != null) {
      writer.writeString(JobFields.PROGRESS, "");
    }
    if (isQueued(completion)) {
      writer.writeString(JobFields.TOTALTIME, "");
    }
    if (completion.dateexpires() == null) {
      writer.writeString(JobFields.DATEEXPIRES, "");
    }
    if (completion.transition() != JobTransition.RETRY_LATER) {
      writer.writeString(JobFields.DATERETRY, "");
    }
    if (completion.transition() == JobTransition.SUCCEED) {
      // The failures of earlier attempts stay in the history.
      writer.writeString(JobFields.EXCEPTIONTYPE, "");
      writer.writeString(JobFields.FINGERPRINT, "");
      writer.writeString(JobFields.TRACEBACK, "");
    }
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
