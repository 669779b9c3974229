package io.mrq.mongo.job;

import io.mrq.job.AttemptRecord;
import io.mrq.job.ClaimToken;
import io.mrq.job.Job;
import io.mrq.job.JobId;
import io.mrq.job.JobStatus;
import io.mrq.job.NewJob;
import io.mrq.job.WorkerId;
import io.mrq.mongo.document.FieldReader;
import io.mrq.mongo.document.PlainBson;
import io.mrq.query.JobSummary;
import io.mrq.query.ShortValues;
import io.mrq.store.NotStorableException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.bson.BsonWriter;
import org.bson.RawBsonDocument;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Jobs to documents and back. What a job does not have is left out, and never written as null.
 *
 * <p>Reading never fails. A field of a strange type reads as absent and stays visible in {@link
 * Job#others()}. A document without a path reads with an empty one: the worker that claims it fails
 * the job as one of an unknown task, and the rest of its batch is not harmed. Only a document whose
 * {@code _id} is no ObjectId or whose status is unknown is no job at all; it is left out and
 * logged. No claim can win such a document.
 */
public final class JobDocuments {
  /** The largest document or update that is sent, in bytes; MongoDB's own limit is 16 MiB. */
  public static final int MAX_SIZE = 15 * 1024 * 1024;

  private static final Logger log = LoggerFactory.getLogger(JobDocuments.class);

  private JobDocuments() {}

  /**
   * The document of a new job: the six fields that Python writes, in Python's order, and then our
   * own as far as the job has them.
   *
   * @throws NotStorableException when it is too large or holds a value that has no plain type
   */
  public static RawBsonDocument of(NewJob job) {
    RawBsonDocument encoded = PlainBson.encode(writer -> write(writer, job));
    requireFits(encoded, "The document of job " + job.id());
    return encoded;
  }

  private static void write(BsonWriter writer, NewJob job) {
    writer.writeStartDocument();
    writer.writeObjectId(JobFields.ID, JobFilters.id(job.id()));
    PlainBson.writeField(writer, JobFields.PATH, job.path());
    PlainBson.writeField(writer, JobFields.PARAMS, job.params());
    PlainBson.writeField(writer, JobFields.QUEUE, job.queue());
    PlainBson.writeField(writer, JobFields.DATEQUEUED, job.datequeued());
    writer.writeString(JobFields.STATUS, job.status().text());
    writer.writeDouble(JobFields.ORDER, job.order());
    writer.writeString(JobFields.LANE, QueuePlaces.SHARED_LANE);
    if (job.priority() != 0) {
      writer.writeInt32(JobFields.PRIORITY, job.priority());
    }
    writePresent(writer, JobFields.DATERETRY, job.dateretry());
    writePresent(writer, JobFields.TIMEOUT, seconds(job.timeout()));
    writePresent(writer, JobFields.MAX_RETRIES, job.maxRetries());
    writePresent(writer, JobFields.TTL, seconds(job.ttl()));
    if (job.parent() != null) {
      writer.writeObjectId(JobFields.PARENT, JobFilters.id(job.parent()));
    }
    writePresent(writer, JobFields.TRACE, TraceDocuments.document(job.trace()));
    writer.writeEndDocument();
  }

  /**
   * Refuses a document or an update that is too large.
   *
   * @param what the subject of the sentence with which it is refused
   */
  static void requireFits(RawBsonDocument encoded, String what) {
    int size = encoded.getByteBuffer().remaining();
    if (size > MAX_SIZE) {
      throw new NotStorableException(
          "%s takes %,d bytes, but at most %,d can be stored".formatted(what, size, MAX_SIZE),
          null);
    }
  }

  /** A duration in seconds, as every document holds it. */
  public static @Nullable Double seconds(@Nullable Duration duration) {
    return duration == null ? null : duration.getSeconds() + duration.getNano() / 1e9;
  }

  /** The job of a document; nothing when the document is no job. */
  public static Optional<Job> job(RawBsonDocument document) {
    return job(document, values -> values);
  }

  /** The job of a document as lists show it; nothing when the document is no job. */
  public static Optional<JobSummary> summary(RawBsonDocument document) {
    ShortValues values = new ShortValues();
    return job(document, values::object).map(job -> new JobSummary(job, values.cut()));
  }

  /**
   * The job of a document.
   *
   * @param form applied to what may be of any size: the params and the fields of other programs
   */
  private static Optional<Job> job(
      RawBsonDocument document, UnaryOperator<Map<String, @Nullable Object>> form) {
    Job usual = JobDecoder.usual(document, form);
    return usual == null ? odd(document, form) : Optional.of(usual);
  }

  /** The job of a document that some other program may have written, with fields of any type. */
  private static Optional<Job> odd(
      RawBsonDocument document, UnaryOperator<Map<String, @Nullable Object>> form) {
    FieldReader fields = new FieldReader(PlainBson.decode(document));
    fields.others().remove(JobFields.LANE, QueuePlaces.SHARED_LANE);
    String id = fields.id(JobFields.ID);
    JobStatus status = status(fields);
    if (id == null || status == null) {
      log.warn(
          "A document in mrq_jobs is not a job and was ignored; repair or delete it. Its _id is {} and its status {}",
          document.get(JobFields.ID),
          document.get(JobFields.STATUS));
      return Optional.empty();
    }
    return Optional.of(
        Job.builder(
                new JobId(id),
                Objects.requireNonNullElse(fields.text(JobFields.PATH), ""),
                Objects.requireNonNullElse(fields.text(JobFields.QUEUE), ""))
            .params(Collections.unmodifiableMap(form.apply(fields.map(JobFields.PARAMS))))
            .status(status)
            .priority(fields.count(JobFields.PRIORITY))
            .order(fields.whole(JobFields.ORDER))
            .datequeued(fields.date(JobFields.DATEQUEUED))
            .datestarted(fields.date(JobFields.DATESTARTED))
            .dateupdated(fields.date(JobFields.DATEUPDATED))
            .dateretry(fields.date(JobFields.DATERETRY))
            .dateexpires(fields.date(JobFields.DATEEXPIRES))
            .worker(fields.id(JobFields.WORKER, WorkerId::new))
            .claim(fields.id(JobFields.CLAIM, ClaimToken::new))
            .attempt(fields.count(JobFields.ATTEMPT))
            .retryCount(fields.count(JobFields.RETRY_COUNT))
            .crashes(fields.count(JobFields.CRASHES))
            .result(fields.value(JobFields.RESULT))
            .progress(fields.number(JobFields.PROGRESS))
            .totaltime(fields.seconds(JobFields.TOTALTIME))
            .exceptiontype(fields.text(JobFields.EXCEPTIONTYPE))
            .fingerprint(fields.text(JobFields.FINGERPRINT))
            .traceback(fields.text(JobFields.TRACEBACK))
            .tracebackHistory(AttemptDocuments.history(fields.list(JobFields.TRACEBACK_HISTORY)))
            .timeout(fields.seconds(JobFields.TIMEOUT))
            .maxRetries(fields.integer(JobFields.MAX_RETRIES))
            .ttl(fields.seconds(JobFields.TTL))
            .parent(fields.id(JobFields.PARENT, JobId::new))
            .trace(TraceDocuments.read(fields))
            .others(Collections.unmodifiableMap(form.apply(fields.others())))
            .build());
  }

  public static JobId id(RawBsonDocument document) {
    return StoredIds.job(document.getObjectId(JobFields.ID).getValue());
  }

  static @Nullable JobStatus status(FieldReader fields) {
    String text = fields.text(JobFields.STATUS);
    return text == null ? null : JobStatus.ofText(text).orElse(null);
  }

  /** When a job first failed with its present exception type, as far as its history tells. */
  public static Optional<Instant> firstFailure(RawBsonDocument document) {
    FieldReader fields = new FieldReader(PlainBson.decode(document));
    String type = fields.text(JobFields.EXCEPTIONTYPE);
    return AttemptDocuments.history(fields.list(JobFields.TRACEBACK_HISTORY)).stream()
        .filter(attempt -> attempt.failure().exceptiontype().equals(type))
        .map(AttemptRecord::date)
        .min(Comparator.naturalOrder());
  }

  /** Writes a field, unless it is absent. */
  static void writePresent(BsonWriter writer, String name, @Nullable Object value) {
    if (value != null) {
      PlainBson.writeField(writer, name, value);
    }
  }
}
