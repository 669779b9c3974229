package io.mrq.mongo.bulk;

import io.mrq.bulk.BulkAction;
import io.mrq.bulk.BulkActionId;
import io.mrq.bulk.BulkActionStore.Held;
import io.mrq.bulk.BulkFilter;
import io.mrq.bulk.BulkFilterFields;
import io.mrq.bulk.BulkProgress;
import io.mrq.job.ClaimToken;
import io.mrq.job.JobId;
import io.mrq.mongo.document.FieldReader;
import io.mrq.mongo.document.PlainBson;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.bson.RawBsonDocument;
import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Bulk actions to documents and back: {@code {_id, kind, filter, queue, status, who, created,
 * started, ended, total, moved, skipped, cursor, batch, error, runner, beat, stopping}}; what an
 * action does not have is absent. A document that is not understood in full is left out and logged:
 * to overlook a condition of its filter would change jobs that nobody meant.
 */
final class BulkActionDocuments {
  static final String ID = "_id";
  static final String STATUS = "status";
  static final String STARTED = "started";
  static final String ENDED = "ended";
  static final String ERROR = "error";
  static final String RUNNER = "runner";
  static final String BEAT = "beat";
  static final String STOPPING = "stopping";

  private static final String KIND = "kind";
  private static final String FILTER = "filter";
  private static final String QUEUE = "queue";
  private static final String WHO = "who";
  private static final String CREATED = "created";
  private static final String TOTAL = "total";
  private static final String MOVED = "moved";
  private static final String SKIPPED = "skipped";
  private static final String CURSOR = "cursor";
  private static final String BATCH = "batch";

  private static final Logger log = LoggerFactory.getLogger(BulkActionDocuments.class);

  private BulkActionDocuments() {}

  static Map<String, @Nullable Object> of(BulkAction action) {
    Map<String, @Nullable Object> document = new LinkedHashMap<>();
    document.put(ID, new ObjectId(action.id().hex()));
    document.put(KIND, action.kind().text());
    document.put(FILTER, BulkFilterFields.of(action.filter()));
    document.put(QUEUE, action.queue());
    document.put(STATUS, action.status().text());
    document.put(WHO, action.who());
    document.put(CREATED, action.created());
    document.put(STARTED, action.started());
    document.put(ENDED, action.ended());
    document.putAll(progress(action.progress()));
    document.put(ERROR, action.error());
    document.put(BEAT, 0L);
    document.values().removeIf(Objects::isNull);
    return document;
  }

  static Map<String, @Nullable Object> progress(BulkProgress progress) {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    fields.put(TOTAL, progress.total());
    fields.put(MOVED, progress.moved());
    fields.put(SKIPPED, progress.skipped());
    if (progress.cursor() != null) {
      fields.put(CURSOR, new ObjectId(progress.cursor().hex()));
    }
    fields.put(BATCH, progress.batch().stream().map(id -> new ObjectId(id.hex())).toList());
    return fields;
  }

  static Optional<Held> held(RawBsonDocument document) {
    try {
      return Optional.of(read(new FieldReader(PlainBson.decode(document))));
    } catch (IllegalArgumentException e) {
      log.warn(
          "A document in mrq_actions cannot be read, so its bulk action is not run. Its _id is {}: {}",
          document.get(ID),
          e.getMessage());
      return Optional.empty();
    }
  }

  private static Held read(FieldReader fields) {
    BulkFilter filter = BulkFilterFields.read(fields.map(FILTER));
    if (filter.isEmpty()) {
      throw new IllegalArgumentException("it has no filter");
    }
    String runner = fields.id(RUNNER);
    BulkAction action =
        new BulkAction(
            new BulkActionId(required(fields.id(ID), ID)),
            BulkAction.Kind.ofText(required(fields.text(KIND), KIND)).orElseThrow(unknown(KIND)),
            filter,
            fields.text(QUEUE),
            BulkAction.Status.ofText(required(fields.text(STATUS), STATUS))
                .orElseThrow(unknown(STATUS)),
            Objects.requireNonNullElse(fields.text(WHO), ""),
            required(fields.date(CREATED), CREATED),
            fields.date(STARTED),
            fields.date(ENDED),
            progressOf(fields),
            fields.text(ERROR));
    return new Held(
        action,
        runner == null ? null : new ClaimToken(runner),
        required(fields.whole(BEAT), BEAT),
        Boolean.TRUE.equals(fields.value(STOPPING)));
  }

  private static BulkProgress progressOf(FieldReader fields) {
    String cursor = fields.id(CURSOR);
    List<JobId> batch = new ArrayList<>();
    fields.list(BATCH).forEach(id -> batch.add(new JobId(String.valueOf(id))));
    return new BulkProgress(
        required(fields.whole(TOTAL), TOTAL),
        required(fields.whole(MOVED), MOVED),
        required(fields.whole(SKIPPED), SKIPPED),
        cursor == null ? null : new JobId(cursor),
        batch);
  }

  private static <T> T required(@Nullable T value, String field) {
    if (value == null) {
      throw new IllegalArgumentException("it has no " + field);
    }
    return value;
  }

  private static Supplier<IllegalArgumentException> unknown(String field) {
    return () -> new IllegalArgumentException("its " + field + " is unknown");
  }
}
