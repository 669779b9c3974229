package io.mrq.mongo.index;

import com.mongodb.CreateIndexCommitQuorum;
import com.mongodb.MongoCommandException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.CreateIndexOptions;
import com.mongodb.client.model.IndexModel;
import io.mrq.mongo.error.MongoErrors;
import io.mrq.mongo.error.RefusalCodes;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.bson.Document;
import org.bson.RawBsonDocument;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Creates the missing indexes of one collection, all with one command, so that the server reads its
 * documents once, and tells of those that something is in the way of.
 */
final class IndexCreation {
  private static final Logger log = LoggerFactory.getLogger(IndexCreation.class);

  private final MongoCollection<RawBsonDocument> collection;
  private final MongoCollection<RawBsonDocument> patient;
  private final CreateIndexOptions options = new CreateIndexOptions();
  private final String name;
  private final List<String> refused = new ArrayList<>();

  /**
   * For one collection.
   *
   * @param replicated whether the server is one of several: then a majority of them is enough, and
   *     one that is down holds up no index
   */
  IndexCreation(MongoCollection<RawBsonDocument> collection, boolean replicated) {
    this.collection = collection;
    // A build of hours is given up by the server when the time of its command is over.
    this.patient = collection.withTimeout(0, TimeUnit.MILLISECONDS);
    this.name = collection.getNamespace().getCollectionName();
    if (replicated) {
      options.commitQuorum(CreateIndexCommitQuorum.MAJORITY);
    }
  }

  /** Answers what is not as wanted. */
  List<String> ensure(List<WantedIndex> wanted) {
    return MongoErrors.answer(
        "creating the indexes of " + name,
        () -> {
          List<Document> existing = collection.listIndexes().into(new ArrayList<>());
          List<WantedIndex> missing = new ArrayList<>();
          for (WantedIndex index : wanted) {
            if (existing.stream().noneMatch(index::isSameAs)) {
              Document other = inTheWay(index, existing);
              if (other == null) {
                missing.add(index);
              } else {
                refuse(
                    index,
                    "drop the index that is in its place to have it created: " + other.toJson());
              }
            }
          }
          create(missing);
          return refused;
        });
  }

  private static @Nullable Document inTheWay(WantedIndex index, List<Document> existing) {
    return existing.stream()
        .filter(other -> index.hasKeysOf(other) || index.name().equals(other.get("name")))
        .findFirst()
        .orElse(null);
  }

  /** One that cannot be keeps the others from theirs, so these are then tried alone. */
  private void create(List<WantedIndex> missing) {
    if (missing.isEmpty()) {
      return;
    }
    try {
      patient.createIndexes(missing.stream().map(IndexCreation::model).toList(), options);
    } catch (MongoCommandException e) {
      if (!RefusalCodes.ofSetup(e.getErrorCode())) {
        throw e;
      }
      if (missing.size() == 1) {
        refuse(missing.getFirst(), "MongoDB says: " + e.getErrorMessage());
      } else {
        missing.forEach(index -> create(List.of(index)));
      }
    }
  }

  private static IndexModel model(WantedIndex index) {
    return new IndexModel(index.keys(), index.options());
  }

  private void refuse(WantedIndex index, String obstacle) {
    refused.add(name + index.fields());
    log.warn(
        "{} has no index {}, so reads may be slow or documents expire late: {}",
        name,
        index,
        obstacle);
  }
}
