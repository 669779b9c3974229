package io.mrq.mongo.job;

import io.mrq.job.Job;
import io.mrq.job.JobId;
import io.mrq.job.JobStatus;
import io.mrq.job.TraceContext;
import io.mrq.mongo.document.FieldReader;
import io.mrq.mongo.document.PlainBson;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.bson.BsonReader;
import org.bson.BsonType;
import org.bson.RawBsonDocument;
import org.jspecify.annotations.Nullable;

/**
 * Reads a job out of the bytes of its document in one pass, as long as each field has its usual
 * type. One that has another type makes the whole document odd, and {@link JobDocuments} reads it
 * with more care.
 */
final class JobDecoder {
  private final BsonReader reader;
  private final UnaryOperator<Map<String, @Nullable Object>> form;
  private final Job.Builder job = Job.builder(new JobId(0, 0), "", "");
  private final Map<String, @Nullable Object> others = new LinkedHashMap<>(0);
  private Map<String, @Nullable Object> params = Map.of();
  private boolean hasId;
  private boolean hasStatus;
  private boolean odd;

  private JobDecoder(BsonReader reader, UnaryOperator<Map<String, @Nullable Object>> form) {
    this.reader = reader;
    this.form = form;
  }

  /**
   * The job of a document.
   *
   * @param form applied to what may be of any size: the params and the fields of other programs
   * @return null when the document is odd
   */
  static @Nullable Job usual(
      RawBsonDocument document, UnaryOperator<Map<String, @Nullable Object>> form) {
    try (BsonReader reader = PlainBson.reader(document)) {
      return usual(reader, form);
    }
  }

  /** The same for a document that a reader stands before; of an odd one a part is read. */
  static @Nullable Job usual(BsonReader reader, UnaryOperator<Map<String, @Nullable Object>> form) {
    return new JobDecoder(reader, form).read();
  }

  private @Nullable Job read() {
    reader.readStartDocument();
    while (!odd && reader.readBsonType() != BsonType.END_OF_DOCUMENT) {
      field(reader.readName());
    }
    if (!odd) {
      reader.readEndDocument();
    }
    return odd || !hasId || !hasStatus
        ? null
        : job.params(Collections.unmodifiableMap(form.apply(params)))
            .others(Collections.unmodifiableMap(form.apply(others)))
            .build();
  }

  private void field(String name) {
    switch (name) {
      case JobFields.ID -> id();
      case JobFields.PATH -> job.path(text(""));
      case JobFields.QUEUE -> job.queue(text(""));
      case JobFields.PARAMS -> params();
      case JobFields.STATUS -> status();
      case JobFields.PRIORITY -> job.priority(count());
      case JobFields.ORDER -> job.order(whole());
      case JobFields.LANE -> lane();
      case JobFields.DATEQUEUED -> job.datequeued(date());
      case JobFields.DATESTARTED -> job.datestarted(date());
      case JobFields.DATEUPDATED -> job.dateupdated(date());
      case JobFields.DATERETRY -> job.dateretry(date());
      case JobFields.DATEEXPIRES -> job.dateexpires(date());
      case JobFields.WORKER ->
          job.worker(is(BsonType.OBJECT_ID) ? StoredIds.worker(reader.readObjectId()) : null);
      case JobFields.CLAIM ->
          job.claim(is(BsonType.OBJECT_ID) ? StoredIds.claim(reader.readObjectId()) : null);
      case JobFields.ATTEMPT -> job.attempt(count());
      case JobFields.RETRY_COUNT -> job.retryCount(count());
      case JobFields.CRASHES -> job.crashes(count());
      case JobFields.RESULT -> job.result(PlainBson.read(reader));
      case JobFields.PROGRESS -> job.progress(number());
      case JobFields.TOTALTIME -> job.totaltime(seconds());
      case JobFields.EXCEPTIONTYPE -> job.exceptiontype(text(""));
      case JobFields.FINGERPRINT -> job.fingerprint(text(""));
      case JobFields.TRACEBACK -> job.traceback(text(""));
      case JobFields.TRACEBACK_HISTORY -> history();
      case JobFields.TIMEOUT -> job.timeout(seconds());
      case JobFields.MAX_RETRIES -> job.maxRetries(count());
      case JobFields.TTL -> job.ttl(seconds());
      case JobFields.PARENT ->
          job.parent(is(BsonType.OBJECT_ID) ? StoredIds.job(reader.readObjectId()) : null);
      case JobFields.TRACE -> trace();
      default -> others.put(name, PlainBson.read(reader));
    }
  }

  /** Whether the value has this type; if not, the document is odd. */
  private boolean is(BsonType type) {
    odd |= reader.getCurrentBsonType() != type;
    return !odd;
  }

  private void id() {
    if (is(BsonType.OBJECT_ID)) {
      job.id(StoredIds.job(reader.readObjectId()));
      hasId = true;
    }
  }

  private void status() {
    JobStatus status = JobStatus.ofText(text("")).orElse(null);
    if (status != null) {
      job.status(status);
      hasStatus = true;
    }
  }

  /** The shared lane says nothing; another one is shown like a field of another program. */
  private void lane() {
    Object lane = PlainBson.read(reader);
    if (!QueuePlaces.SHARED_LANE.equals(lane)) {
      others.put(JobFields.LANE, lane);
    }
  }

  private void params() {
    if (is(BsonType.DOCUMENT)) {
      params = PlainBson.readMap(reader);
    }
  }

  private void history() {
    if (is(BsonType.ARRAY)) {
      List<@Nullable Object> entries = PlainBson.readList(reader);
      job.tracebackHistory(AttemptDocuments.history(entries));
    }
  }

  private void trace() {
    if (is(BsonType.DOCUMENT)) {
      TraceContext trace = TraceDocuments.context(PlainBson.readMap(reader));
      odd = trace == null;
      job.trace(trace);
    }
  }

  private String text(String absent) {
    return is(BsonType.STRING) ? reader.readString() : absent;
  }

  private @Nullable Instant date() {
    return is(BsonType.DATE_TIME) ? Instant.ofEpochMilli(reader.readDateTime()) : null;
  }

  private @Nullable Double number() {
    return switch (reader.getCurrentBsonType()) {
      case DOUBLE -> reader.readDouble();
      case INT32 -> (double) reader.readInt32();
      case INT64 -> (double) reader.readInt64();
      default -> {
        odd = true;
        yield null;
      }
    };
  }

  private @Nullable Long whole() {
    return switch (reader.getCurrentBsonType()) {
      case DOUBLE -> Math.round(reader.readDouble());
      case INT32 -> (long) reader.readInt32();
      case INT64 -> reader.readInt64();
      default -> {
        odd = true;
        yield null;
      }
    };
  }

  private int count() {
    Long whole = whole();
    return whole == null ? 0 : Math.clamp(whole, Integer.MIN_VALUE, Integer.MAX_VALUE);
  }

  private @Nullable Duration seconds() {
    Double seconds = number();
    return seconds == null ? null : FieldReader.duration(seconds);
  }
}
