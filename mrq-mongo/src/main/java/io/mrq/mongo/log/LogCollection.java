package io.mrq.mongo.log;

import com.mongodb.MongoCommandException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.CreateCollectionOptions;
import io.mrq.mongo.collection.LimitedDelete;
import io.mrq.mongo.collection.StoreCollections;
import io.mrq.mongo.error.MongoErrors;
import io.mrq.mongo.error.RefusalCodes;
import org.bson.Document;
import org.bson.RawBsonDocument;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps {@code mrq_logs} at its size: a capped collection, as Python makes it (LOG-07). One that is
 * there already and is not capped stays as it is, and so does every one of a store that has none;
 * then {@link #trim} does the same work (MIX-17).
 */
public final class LogCollection {
  private static final Logger log = LoggerFactory.getLogger(LogCollection.class);
  private static final int NAMESPACE_NOT_FOUND = 26;
  private static final int NAMESPACE_EXISTS = 48;

  /** How much is left when it was too large, so that not every pass deletes a little. */
  private static final double KEPT = 0.8;

  private final MongoDatabase database;
  private final MongoCollection<RawBsonDocument> logs;
  private final long bytes;

  public LogCollection(MongoDatabase database, MongoCollection<RawBsonDocument> logs, long bytes) {
    this.database = database;
    this.logs = logs;
    this.bytes = bytes;
  }

  /** Creates it, unless it is there. */
  public void create() {
    MongoErrors.run(
        "creating " + StoreCollections.LOGS,
        () -> {
          try {
            database.createCollection(
                StoreCollections.LOGS,
                new CreateCollectionOptions().capped(true).sizeInBytes(bytes));
          } catch (MongoCommandException e) {
            if (e.getErrorCode() == NAMESPACE_EXISTS) {
              return;
            }
            if (!RefusalCodes.ofSetup(e.getErrorCode())) {
              throw e;
            }
            log.debug("{} is not capped: {}", StoreCollections.LOGS, e.getErrorMessage());
          }
        });
  }

  long trim(int limit) {
    return MongoErrors.answer(
        "trimming " + StoreCollections.LOGS,
        () -> {
          Document stats = stats();
          double size = number(stats.get("size"));
          if (Boolean.TRUE.equals(stats.get("capped")) || size <= bytes) {
            return 0L;
          }
          double surplus = (size - KEPT * bytes) / size * number(stats.get("count"));
          return LimitedDelete.oldest(logs, (int) Math.clamp((long) surplus, 1, limit));
        });
  }

  /** Of a collection that is not there yet some servers refuse to tell. */
  private Document stats() {
    try {
      return database.runCommand(new Document("collStats", StoreCollections.LOGS));
    } catch (MongoCommandException e) {
      if (e.getErrorCode() == NAMESPACE_NOT_FOUND) {
        return new Document();
      }
      throw e;
    }
  }

  private static double number(@Nullable Object value) {
    return value instanceof Number number ? number.doubleValue() : 0;
  }
}
