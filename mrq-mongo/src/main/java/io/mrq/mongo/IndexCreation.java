package io.mrq.mongo;

import com.mongodb.MongoCommandException;
import com.mongodb.client.MongoCollection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.bson.Document;
import org.bson.RawBsonDocument;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Creates the missing indexes of one collection, and tells of those that something is in the way
 * of.
 */
final class IndexCreation {
  private static final Logger log = LoggerFactory.getLogger(IndexCreation.class);

  /** On a large collection the server is busy for minutes, and a timeout would undo its work. */
  private static final Duration PATIENCE = Duration.ofHours(1);

  private IndexCreation() {}

  /** Answers what is not as wanted. */
  static List<String> ensure(
      MongoCollection<RawBsonDocument> collection, List<WantedIndex> wanted) {
    String name = collection.getNamespace().getCollectionName();
    MongoCollection<RawBsonDocument> patient =
        collection.withTimeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    return MongoErrors.answer(
        "creating the indexes of " + name,
        () -> {
          List<Document> existing = patient.listIndexes().into(new ArrayList<>());
          List<String> refused = new ArrayList<>();
          for (WantedIndex index : wanted) {
            obstacle(patient, index, existing)
                .ifPresent(obstacle -> {
                  refused.add(name + index.fields());
                  log.warn(
                      "{} has no index {}, so reads may be slow or documents expire late: {}",
                      name,
                      index,
                      obstacle);
                });
          }
          return refused;
        });
  }

  /** Creates the index, unless it is there; answers what is in its way. */
  private static Optional<String> obstacle(
      MongoCollection<RawBsonDocument> collection, WantedIndex index, List<Document> existing) {
    for (Document other : existing) {
      if (index.isSameAs(other)) {
        return Optional.empty();
      }
      if (index.hasKeysOf(other) || index.name().equals(other.get("name"))) {
        return Optional.of(
            "drop the index that is in its place to have it created: " + other.toJson());
      }
    }
    try {
      collection.createIndex(index.keys(), index.options());
      return Optional.empty();
    } catch (MongoCommandException e) {
      if (MongoErrors.isPassing(e)) {
        throw e;
      }
      return Optional.of("MongoDB says: " + e.getErrorMessage());
    }
  }
}
