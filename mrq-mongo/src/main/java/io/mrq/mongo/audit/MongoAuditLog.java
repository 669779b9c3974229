package io.mrq.mongo.audit;

import com.mongodb.client.MongoCollection;
import io.mrq.audit.AuditEntry;
import io.mrq.audit.AuditId;
import io.mrq.audit.AuditLog;
import io.mrq.mongo.collection.LimitedDelete;
import io.mrq.mongo.collection.RepeatableInsert;
import io.mrq.mongo.collection.StoreCollections;
import io.mrq.mongo.document.FieldReader;
import io.mrq.mongo.document.PlainBson;
import io.mrq.mongo.error.MongoErrors;
import io.mrq.mongo.job.JobFields;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.bson.Document;
import org.bson.RawBsonDocument;
import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;

/**
 * The audit log on MongoDB: {@code {_id, date, who, action, target, filter, count, outcome, detail,
 * dateexpires}}; what an entry does not have is absent. Each call is one round trip; {@code
 * deleteExpired} may be two.
 */
public final class MongoAuditLog implements AuditLog {
  private static final String ID = "_id";
  private static final String DATE = "date";
  private static final String WHO = "who";
  private static final String ACTION = "action";
  private static final String TARGET = "target";
  private static final String FILTER = "filter";
  private static final String COUNT = "count";
  private static final String OUTCOME = "outcome";
  private static final String DETAIL = "detail";

  private final MongoCollection<RawBsonDocument> audit;

  public MongoAuditLog(StoreCollections collections) {
    this.audit = collections.audit();
  }

  @Override
  public void append(AuditEntry entry, Instant expires) {
    Map<String, @Nullable Object> document = new LinkedHashMap<>();
    document.put(ID, new ObjectId(entry.id().hex()));
    document.put(DATE, entry.date());
    document.put(WHO, entry.who());
    document.put(ACTION, entry.action());
    document.put(TARGET, entry.target());
    document.put(FILTER, entry.filter().isEmpty() ? null : entry.filter());
    document.put(COUNT, entry.count());
    document.put(OUTCOME, entry.outcome().text());
    document.put(DETAIL, entry.detail());
    document.put(JobFields.DATEEXPIRES, expires);
    document.values().removeIf(Objects::isNull);
    RawBsonDocument encoded = PlainBson.encode(document);
    MongoErrors.answer("writing the audit log", () -> RepeatableInsert.one(audit, encoded));
  }

  @Override
  public boolean conclude(AuditId id, AuditEntry.Outcome outcome, @Nullable String detail) {
    Document begun =
        new Document(ID, new ObjectId(id.hex())).append(OUTCOME, AuditEntry.Outcome.BEGUN.text());
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    fields.put(OUTCOME, outcome.text());
    if (detail != null) {
      fields.put(DETAIL, detail);
    }
    RawBsonDocument update = PlainBson.encode(Map.of("$set", fields));
    return MongoErrors.answer(
        "writing the audit log", () -> audit.updateOne(begun, update).getMatchedCount() == 1);
  }

  @Override
  public List<AuditEntry> list(@Nullable AuditId after, int limit) {
    if (limit <= 0) {
      return List.of();
    }
    Document older =
        after == null
            ? new Document()
            : new Document(ID, new Document("$lt", new ObjectId(after.hex())));
    List<AuditEntry> found = new ArrayList<>();
    MongoErrors.run(
        "reading the audit log",
        () ->
            audit
                .find(older)
                .sort(new Document(ID, -1))
                .limit(limit)
                .batchSize(limit)
                .forEach(document -> entry(document).ifPresent(found::add)));
    return found;
  }

  @Override
  public long deleteExpired(Instant now, int limit) {
    Document expired = new Document(JobFields.DATEEXPIRES, new Document("$lte", now));
    return MongoErrors.answer(
        "deleting old audit entries", () -> LimitedDelete.of(audit, expired, limit));
  }

  private static Optional<AuditEntry> entry(RawBsonDocument document) {
    FieldReader fields = new FieldReader(PlainBson.decode(document));
    String id = fields.id(ID);
    Instant date = fields.date(DATE);
    String action = fields.text(ACTION);
    String outcome = fields.text(OUTCOME);
    if (id == null || date == null || action == null || outcome == null) {
      return Optional.empty();
    }
    return AuditEntry.Outcome.ofText(outcome)
        .map(known ->
            new AuditEntry(
                new AuditId(id),
                date,
                Objects.requireNonNullElse(fields.text(WHO), ""),
                action,
                fields.text(TARGET),
                fields.map(FILTER),
                fields.whole(COUNT),
                known,
                fields.text(DETAIL)));
  }
}
