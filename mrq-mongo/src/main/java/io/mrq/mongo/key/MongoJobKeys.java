package io.mrq.mongo.key;

import com.mongodb.client.MongoCollection;
import io.mrq.job.JobId;
import io.mrq.key.JobKeys;
import io.mrq.mongo.collection.LimitedDelete;
import io.mrq.mongo.collection.RepeatableInsert;
import io.mrq.mongo.collection.StoreCollections;
import io.mrq.mongo.document.FieldReader;
import io.mrq.mongo.document.PlainBson;
import io.mrq.mongo.error.MongoErrors;
import io.mrq.mongo.job.JobFilters;
import io.mrq.store.StoreUnavailableException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.bson.Document;
import org.bson.RawBsonDocument;
import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;

/**
 * Idempotency keys on MongoDB: {@code {_id: key, job, body, expires, stored}}; a key without {@code
 * expires} never expires. Round trips: one to take a new key, two when it is taken already, three
 * to take over an expired one.
 */
public final class MongoJobKeys implements JobKeys {
  private static final String ID = "_id";
  private static final String JOB = "job";
  private static final String BODY = "body";
  private static final String EXPIRES = "expires";
  private static final String STORED = "stored";

  /** Each round but the first means that another caller changed the key meanwhile. */
  private static final int MAX_ROUNDS = 100;

  private final MongoCollection<RawBsonDocument> keys;

  public MongoJobKeys(StoreCollections collections) {
    this.keys = collections.jobKeys();
  }

  @Override
  public Holder take(String key, JobId job, String body, Instant now, Instant expires) {
    Document own =
        new Document(JOB, JobFilters.id(job)).append(BODY, body).append(EXPIRES, expires);
    return MongoErrors.answer("taking an idempotency key", () -> take(key, own, now));
  }

  private Holder take(String key, Document own, Instant now) {
    for (int round = 0; round < MAX_ROUNDS; round++) {
      if (insert(key, own)) {
        return holder(own);
      }
      RawBsonDocument stored = keys.find(new Document(ID, key)).first();
      if (stored == null) {
        continue;
      }
      Entry entry = Entry.of(stored);
      if (!entry.isExpired(now)) {
        return entry.holder();
      }
      if (replace(key, stored, own)) {
        return holder(own);
      }
    }
    throw new StoreUnavailableException(
        "Other callers changed the idempotency key %d times while it was taken"
            .formatted(MAX_ROUNDS),
        null);
  }

  private boolean insert(String key, Document own) {
    Document document = new Document(ID, key);
    document.putAll(own);
    return RepeatableInsert.one(keys, PlainBson.encode(document));
  }

  private boolean replace(String key, RawBsonDocument stored, Document own) {
    Document asRead =
        new Document(ID, key).append(JOB, stored.get(JOB)).append(EXPIRES, stored.get(EXPIRES));
    Document taken = new Document("$set", own).append("$unset", new Document(STORED, ""));
    return keys.updateOne(asRead, taken).getMatchedCount() == 1;
  }

  private static Holder holder(Document own) {
    return new Holder(new JobId(own.getObjectId(JOB).toHexString()), own.getString(BODY), false);
  }

  @Override
  public void stored(Map<String, JobId> jobs) {
    if (jobs.isEmpty()) {
      return;
    }
    List<ObjectId> ids = jobs.values().stream().map(JobFilters::id).toList();
    // A key that was taken over meanwhile is that of another job.
    Document taken =
        new Document(ID, new Document("$in", List.copyOf(jobs.keySet())))
            .append(JOB, new Document("$in", ids));
    Document stored = new Document("$set", new Document(STORED, true));
    MongoErrors.run(
        "marking idempotency keys of stored jobs", () -> keys.updateMany(taken, stored));
  }

  @Override
  public long deleteExpired(Instant now, int limit) {
    Document expired = new Document(EXPIRES, new Document("$lte", now));
    return MongoErrors.answer(
        "deleting expired idempotency keys", () -> LimitedDelete.of(keys, expired, limit));
  }

  /** A stored key. */
  private record Entry(Holder holder, @Nullable Instant expires) {
    static Entry of(RawBsonDocument document) {
      FieldReader fields = new FieldReader(PlainBson.decode(document));
      String job = Objects.requireNonNullElse(fields.id(JOB), new ObjectId(0, 0).toHexString());
      String body = Objects.requireNonNullElse(fields.text(BODY), "");
      boolean stored = Boolean.TRUE.equals(fields.value(STORED));
      return new Entry(new Holder(new JobId(job), body, stored), fields.date(EXPIRES));
    }

    boolean isExpired(Instant now) {
      return expires != null && !expires.isAfter(now);
    }
  }
}
