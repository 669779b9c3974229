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
 * Creates the missing indexes of one collection. All are created with one command, so that the
 * server reads the documents once; an index that cannot be created is logged.
 */
final class IndexCreation {
  private static final Logger log = LoggerFactory.getLogger(IndexCreation.class);

  private final MongoCollection<RawBsonDocument> collection;
  private final MongoCollection<RawBsonDocument> withoutTimeout;
  private final CreateIndexOptions options = new CreateIndexOptions();
  private final String name;
  private final List<String> refused = new ArrayList<>();

  /**
   * Prepares the creation for one collection.
   *
   * @param replicated whether the server is a member of a replica set; then an index is ready when
   *     a majority has it, and a member that is down does not hold it up
   */
  IndexCreation(MongoCollection<RawBsonDocument> collection, boolean replicated) {
    this.collection = collection;
    // A large index takes hours, and the server gives it up when the command times out.
    this.withoutTimeout = collection.withTimeout(0, TimeUnit.MILLISECONDS);
    this.name = collection.getNamespace().getCollectionName();
    if (replicated) {
      options.commitQuorum(CreateIndexCommitQuorum.MAJORITY);
    }
  }

  /** Creates what is missing; returns the indexes that are not as wanted. */
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
                    "drop the index that is in its place, and MRQ creates it at the next start: "
                        + other.toJson());
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

  /** One index that cannot be created fails the whole command, so then each is tried alone. */
  private void create(List<WantedIndex> missing) {
    if (missing.isEmpty()) {
      return;
    }
    log.info(
        "Creating {} indexes of {}, which may take long when it is large: {}",
        missing.size(),
        name,
        missing.stream().map(WantedIndex::name).toList());
    try {
      withoutTimeout.createIndexes(missing.stream().map(IndexCreation::model).toList(), options);
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
        "{} has no index {}: queries may be slow, or expired documents may be deleted later. The index was not created: {}",
        name,
        index,
        obstacle);
  }
}
