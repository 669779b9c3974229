package io.mrq.mongo.index;

import com.mongodb.MongoCommandException;
import com.mongodb.client.MongoCollection;
import io.mrq.mongo.error.MongoErrors;
import io.mrq.mongo.error.RefusalCodes;
import java.util.ArrayList;
import java.util.List;
import org.bson.Document;
import org.bson.RawBsonDocument;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Drops indexes of one collection that MRQ made earlier and does not need any more. An index with
 * other keys or options is somebody else's, and stays.
 */
final class IndexRemoval {
  private static final Logger log = LoggerFactory.getLogger(IndexRemoval.class);

  /** Another process was faster. */
  private static final int INDEX_NOT_FOUND = 27;

  private final MongoCollection<RawBsonDocument> collection;
  private final String name;

  IndexRemoval(MongoCollection<RawBsonDocument> collection) {
    this.collection = collection;
    this.name = collection.getNamespace().getCollectionName();
  }

  void drop(List<WantedIndex> surplus) {
    MongoErrors.run(
        "dropping indexes of " + name,
        () -> {
          for (Document existing : collection.listIndexes().into(new ArrayList<>())) {
            if (surplus.stream().anyMatch(index -> index.isSameAs(existing))) {
              drop(existing.getString("name"));
            }
          }
        });
  }

  private void drop(String index) {
    try {
      collection.dropIndex(index);
      log.info(
          "Dropped the index {} of {}: no version of MRQ from this one on uses it", index, name);
    } catch (MongoCommandException e) {
      if (e.getErrorCode() == INDEX_NOT_FOUND) {
        return;
      }
      if (!RefusalCodes.ofSetup(e.getErrorCode())) {
        throw e;
      }
      log.warn(
          "The index {} of {} is of no use any more, but could not be dropped: {}",
          index,
          name,
          e.getErrorMessage());
    }
  }
}
