package io.mrq.mongo.access;

import com.mongodb.client.MongoCollection;
import io.mrq.access.ApiKey;
import io.mrq.access.ApiKeys;
import io.mrq.mongo.collection.RepeatableInsert;
import io.mrq.mongo.collection.StoreCollections;
import io.mrq.mongo.document.FieldReader;
import io.mrq.mongo.document.PlainBson;
import io.mrq.mongo.error.MongoErrors;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.bson.Document;
import org.bson.RawBsonDocument;
import org.jspecify.annotations.Nullable;

/**
 * API keys on MongoDB: {@code {_id, hash, name, role, created_by, created, expires, used}}; what a
 * key does not have is absent. There are few keys, and they are found by {@code _id}, so there is
 * no other index. Each call is one round trip.
 */
public final class MongoApiKeys implements ApiKeys {
  private static final String ID = "_id";
  private static final String HASH = "hash";
  private static final String NAME = "name";
  private static final String ROLE = "role";
  private static final String CREATED_BY = "created_by";
  private static final String CREATED = "created";
  private static final String EXPIRES = "expires";
  private static final String USED = "used";

  private final MongoCollection<RawBsonDocument> keys;

  public MongoApiKeys(StoreCollections collections) {
    this.keys = collections.apiKeys();
  }

  @Override
  public boolean insert(ApiKey key) {
    Map<String, @Nullable Object> document = new LinkedHashMap<>();
    document.put(ID, key.id());
    document.put(HASH, key.hash());
    document.put(NAME, key.name());
    document.put(ROLE, key.role());
    document.put(CREATED_BY, key.createdBy());
    document.put(CREATED, key.created());
    document.put(EXPIRES, key.expires());
    document.put(USED, key.used());
    document.values().removeIf(Objects::isNull);
    RawBsonDocument encoded = PlainBson.encode(document);
    return MongoErrors.answer("storing an API key", () -> inserted(key, encoded));
  }

  /** A taken id is that of an earlier try of this call, or of another key. */
  private boolean inserted(ApiKey key, RawBsonDocument document) {
    return RepeatableInsert.one(keys, document)
        || find(key.id()).filter(stored -> stored.hash().equals(key.hash())).isPresent();
  }

  @Override
  public Optional<ApiKey> find(String id) {
    RawBsonDocument found =
        MongoErrors.<@Nullable RawBsonDocument>answer(
            "looking up an API key", () -> keys.find(new Document(ID, id)).first());
    return found == null ? Optional.empty() : key(found);
  }

  @Override
  public List<ApiKey> list(int limit) {
    List<ApiKey> found = new ArrayList<>();
    if (limit > 0) {
      MongoErrors.run(
          "listing the API keys",
          () ->
              keys.find()
                  .sort(new Document(CREATED, -1).append(ID, 1))
                  .limit(limit)
                  .forEach(document -> key(document).ifPresent(found::add)));
    }
    return found;
  }

  @Override
  public boolean delete(String id) {
    return MongoErrors.answer(
        "revoking an API key", () -> keys.deleteOne(new Document(ID, id)).getDeletedCount() == 1);
  }

  @Override
  public void used(String id, Instant when) {
    RawBsonDocument update = PlainBson.encode(Map.of("$set", Map.of(USED, when)));
    MongoErrors.run(
        "storing when an API key was used", () -> keys.updateOne(new Document(ID, id), update));
  }

  /** The key of a document; nothing when required fields are missing, so that it grants nothing. */
  private static Optional<ApiKey> key(RawBsonDocument document) {
    FieldReader fields = new FieldReader(PlainBson.decode(document));
    String id = fields.text(ID);
    String hash = fields.text(HASH);
    String role = fields.text(ROLE);
    Instant created = fields.date(CREATED);
    if (id == null || hash == null || role == null || created == null) {
      return Optional.empty();
    }
    return Optional.of(
        new ApiKey(
            id,
            hash,
            Objects.requireNonNullElse(fields.text(NAME), ""),
            role,
            Objects.requireNonNullElse(fields.text(CREATED_BY), ""),
            created,
            fields.date(EXPIRES),
            fields.date(USED)));
  }
}
