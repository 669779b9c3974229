package io.mrq.mongo.job;

import io.mrq.job.AttemptRecord;
import io.mrq.job.Claim;
import io.mrq.job.ClaimToken;
import io.mrq.job.Failure;
import io.mrq.job.Job;
import io.mrq.job.JobId;
import io.mrq.job.JobOrder;
import io.mrq.job.JobStatus;
import io.mrq.job.NewJob;
import io.mrq.job.ReadyJob;
import io.mrq.job.WorkerId;
import io.mrq.mongo.document.FieldReader;
import io.mrq.mongo.document.PlainBson;
import io.mrq.query.JobSummary;
import io.mrq.query.ShortValues;
import io.mrq.store.NotStorableException;
import io.mrq.store.RunState;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.bson.Document;
import org.bson.RawBsonDocument;
import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Jobs to documents and back (behaviours §5.1, §5.2). Absent is never written as null.
 *
 * <p>Reading never fails. A field of a strange type reads as absent and stays visible in {@link
 * Job#others()}; a document without a path reads with an empty one, so that a worker that claimed
 * it fails it as an unknown task, and its batch is not harmed. Only a document whose {@code _id} is
 * no ObjectId or whose status is none of the eleven is no job at all: it is left out and logged. A
 * claim cannot meet one.
 */
public final class JobDocuments {
  /** The largest document or update that is sent, in bytes; MongoDB itself ends at 16 MB. */
  public static final int MAX_SIZE = 15 * 1024 * 1024;

  /** The fields that {@link #ready} reads. */
  public static final Document READY =
      new Document(JobFields.QUEUE, 1)
          .append(JobFields.ORDER, 1)
          .append(JobFields.DATEQUEUED, 1)
          .append(JobFields.PRIORITY, 1);

  /** The fields that {@link #state} reads. */
  public static final Document STATE =
      new Document(JobFields.STATUS, 1)
          .append(JobFields.WORKER, 1)
          .append(JobFields.CLAIM, 1)
          .append(JobFields.DATEUPDATED, 1);

  /** Python rounds its dates. */
  private static final long ORDER_TOLERANCE_MILLIS = 1000;

  private static final Logger log = LoggerFactory.getLogger(JobDocuments.class);

  private JobDocuments() {}

  /**
   * The document of a new job: Python's six fields first, in Python's order, then those of ours
   * that say something.
   *
   * @throws NotStorableException when it is too large or holds a value without a plain type
   */
  public static RawBsonDocument of(NewJob job) {
    Map<String, @Nullable Object> document = new LinkedHashMap<>();
    document.put(JobFields.ID, new ObjectId(job.id().hex()));
    document.put(JobFields.PATH, job.path());
    document.put(JobFields.PARAMS, job.params());
    document.put(JobFields.QUEUE, job.queue());
    document.put(JobFields.DATEQUEUED, job.datequeued());
    document.put(JobFields.STATUS, job.status().text());
    document.put(JobFields.ORDER, (double) job.order());
    if (job.priority() != 0) {
      document.put(JobFields.PRIORITY, job.priority());
    }
    putPresent(document, JobFields.DATERETRY, job.dateretry());
    putPresent(document, JobFields.TIMEOUT, seconds(job.timeout()));
    putPresent(document, JobFields.MAX_RETRIES, job.maxRetries());
    putPresent(document, JobFields.TTL, seconds(job.ttl()));
    putPresent(
        document, JobFields.PARENT, job.parent() == null ? null : new ObjectId(job.parent().hex()));
    putPresent(document, JobFields.TRACE, TraceDocuments.document(job.trace()));
    RawBsonDocument encoded = PlainBson.encode(document);
    requireFits(encoded, "The document of job " + job.id());
    return encoded;
  }

  /** Refuses what MongoDB could not store. */
  public static void requireFits(RawBsonDocument encoded, String what) {
    int size = encoded.getByteBuffer().remaining();
    if (size > MAX_SIZE) {
      throw new NotStorableException(
          "%s takes %,d bytes, but at most %,d can be stored".formatted(what, size, MAX_SIZE),
          null);
    }
  }

  /** Seconds as a double, the form of every duration in a document. */
  public static @Nullable Double seconds(@Nullable Duration duration) {
    return duration == null ? null : duration.getSeconds() + duration.getNano() / 1e9;
  }

  /** The job of a document; nothing when it is none. */
  public static Optional<Job> job(RawBsonDocument document) {
    return job(document, values -> values);
  }

  /** The same with short values. */
  public static Optional<JobSummary> summary(RawBsonDocument document) {
    ShortValues values = new ShortValues();
    return job(document, values::object).map(job -> new JobSummary(job, values.cut()));
  }

  /**
   * The job of a document.
   *
   * @param form for what may be of any size, the params and the fields of others
   */
  private static Optional<Job> job(
      RawBsonDocument document, UnaryOperator<Map<String, @Nullable Object>> form) {
    FieldReader fields = new FieldReader(PlainBson.decode(document));
    String id = fields.id(JobFields.ID);
    JobStatus status = status(fields);
    if (id == null || status == null) {
      log.warn(
          "A document of mrq_jobs is no job and was left out: its _id is {} and its status {}",
          document.get(JobFields.ID),
          document.get(JobFields.STATUS));
      return Optional.empty();
    }
    return Optional.of(
        new Job(
            new JobId(id),
            Objects.requireNonNullElse(fields.text(JobFields.PATH), ""),
            Collections.unmodifiableMap(form.apply(fields.map(JobFields.PARAMS))),
            Objects.requireNonNullElse(fields.text(JobFields.QUEUE), ""),
            status,
            fields.count(JobFields.PRIORITY),
            fields.whole(JobFields.ORDER),
            fields.date(JobFields.DATEQUEUED),
            fields.date(JobFields.DATESTARTED),
            fields.date(JobFields.DATEUPDATED),
            fields.date(JobFields.DATERETRY),
            fields.date(JobFields.DATEEXPIRES),
            worker(fields),
            claim(fields),
            fields.count(JobFields.ATTEMPT),
            fields.count(JobFields.RETRY_COUNT),
            fields.count(JobFields.CRASHES),
            fields.value(JobFields.RESULT),
            fields.number(JobFields.PROGRESS),
            fields.seconds(JobFields.TOTALTIME),
            fields.text(JobFields.EXCEPTIONTYPE),
            fields.text(JobFields.FINGERPRINT),
            fields.text(JobFields.TRACEBACK),
            history(fields.list(JobFields.TRACEBACK_HISTORY)),
            fields.seconds(JobFields.TIMEOUT),
            fields.integer(JobFields.MAX_RETRIES),
            fields.seconds(JobFields.TTL),
            parent(fields),
            TraceDocuments.read(fields),
            Collections.unmodifiableMap(form.apply(fields.others()))));
  }

  /**
   * The worker of a started job, when its run was claimed by that worker of ours, or began before
   * this moment.
   */
  public static Optional<WorkerId> abandoned(RawBsonDocument document, Instant startedBefore) {
    FieldReader fields = new FieldReader(PlainBson.decode(document));
    WorkerId worker = worker(fields);
    ClaimToken token = claim(fields);
    Instant started = fields.date(JobFields.DATESTARTED);
    boolean ours = worker != null && token != null && new Claim(worker, token).isGenuine();
    boolean old = started != null && started.isBefore(startedBefore);
    return ours || old ? Optional.ofNullable(worker) : Optional.empty();
  }

  /**
   * The place that a queued job should have, from a document read with {@link #READY}; nothing when
   * it has it. Whoever of ours queues a job writes an order that is not older than its date; Python
   * leaves the one that was there.
   */
  public static Optional<ReadyJob> outOfPlace(RawBsonDocument document) {
    FieldReader fields = new FieldReader(PlainBson.decode(document));
    Long order = fields.whole(JobFields.ORDER);
    Instant queued = fields.date(JobFields.DATEQUEUED);
    if (order == null || queued == null) {
      return Optional.empty();
    }
    long due = JobOrder.of(queued, fields.count(JobFields.PRIORITY));
    return ready(document)
        .filter(_ -> due - order > ORDER_TOLERANCE_MILLIS)
        .map(job -> new ReadyJob(job.id(), job.queue(), due));
  }

  /**
   * The place of a job in its queue, from a document read with {@link #READY}. Where Python wrote
   * no order it is computed as adoption would. Nothing when the id is no ObjectId.
   */
  public static Optional<ReadyJob> ready(RawBsonDocument document) {
    if (!document.isObjectId(JobFields.ID)) {
      return Optional.empty();
    }
    ObjectId id = document.getObjectId(JobFields.ID).getValue();
    FieldReader fields = new FieldReader(PlainBson.decode(document));
    Long order = fields.whole(JobFields.ORDER);
    return Optional.of(
        new ReadyJob(
            new JobId(id.toHexString()),
            Objects.requireNonNullElse(fields.text(JobFields.QUEUE), ""),
            order == null ? orderOf(id, fields) : order));
  }

  /**
   * Who runs a job, from a document read with {@link #STATE}; nothing when its id is no ObjectId or
   * its status unknown.
   */
  public static Optional<RunState> state(RawBsonDocument document) {
    if (!document.isObjectId(JobFields.ID)) {
      return Optional.empty();
    }
    FieldReader fields = new FieldReader(PlainBson.decode(document));
    JobStatus status = status(fields);
    return status == null
        ? Optional.empty()
        : Optional.of(
            new RunState(
                status, worker(fields), claim(fields), fields.date(JobFields.DATEUPDATED)));
  }

  /** The job's id. */
  public static JobId id(RawBsonDocument document) {
    return new JobId(document.getObjectId(JobFields.ID).getValue().toHexString());
  }

  private static long orderOf(ObjectId id, FieldReader fields) {
    Instant queued = fields.date(JobFields.DATEQUEUED);
    Instant date = queued == null ? id.getDate().toInstant() : queued;
    return JobOrder.of(date, fields.count(JobFields.PRIORITY));
  }

  private static @Nullable JobStatus status(FieldReader fields) {
    String text = fields.text(JobFields.STATUS);
    return text == null ? null : JobStatus.ofText(text).orElse(null);
  }

  private static @Nullable WorkerId worker(FieldReader fields) {
    String hex = fields.id(JobFields.WORKER);
    return hex == null ? null : new WorkerId(hex);
  }

  private static @Nullable ClaimToken claim(FieldReader fields) {
    String hex = fields.id(JobFields.CLAIM);
    return hex == null ? null : new ClaimToken(hex);
  }

  private static @Nullable JobId parent(FieldReader fields) {
    String hex = fields.id(JobFields.PARENT);
    return hex == null ? null : new JobId(hex);
  }

  /** When the job first failed with the exception type that it has now, if its history tells. */
  public static Optional<Instant> firstFailure(RawBsonDocument document) {
    FieldReader fields = new FieldReader(PlainBson.decode(document));
    String type = fields.text(JobFields.EXCEPTIONTYPE);
    return history(fields.list(JobFields.TRACEBACK_HISTORY)).stream()
        .filter(attempt -> attempt.failure().exceptiontype().equals(type))
        .map(AttemptRecord::date)
        .min(Comparator.naturalOrder());
  }

  private static List<AttemptRecord> history(List<@Nullable Object> entries) {
    return entries.stream()
        .filter(Map.class::isInstance)
        .map(JobDocuments::attempt)
        .flatMap(Optional::stream)
        .toList();
  }

  @SuppressWarnings("unchecked") // Maps come from PlainBson, whose keys are texts.
  private static Optional<AttemptRecord> attempt(@Nullable Object entry) {
    FieldReader fields =
        new FieldReader((Map<String, @Nullable Object>) Objects.requireNonNull(entry));
    Instant date = fields.date(JobFields.DATE);
    if (date == null) {
      return Optional.empty();
    }
    Failure failure =
        new Failure(
            Objects.requireNonNullElse(fields.text(JobFields.EXCEPTIONTYPE), ""),
            Objects.requireNonNullElse(fields.text(JobFields.TRACEBACK), ""),
            fields.text(JobFields.ORIGINAL_TRACEBACK));
    return Optional.of(
        new AttemptRecord(
            date,
            Objects.requireNonNullElse(fields.text(JobFields.STATUS), ""),
            failure,
            worker(fields)));
  }

  private static void putPresent(
      Map<String, @Nullable Object> document, String name, @Nullable Object value) {
    if (value != null) {
      document.put(name, value);
    }
  }
}
