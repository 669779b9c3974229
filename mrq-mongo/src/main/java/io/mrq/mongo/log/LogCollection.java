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
 * Keeps {@code mrq_logs} at its size. It is created as a capped collection, as Python creates it. A
 * collection that exists already and is not capped stays as it is, and some servers know no capped
 * collections; then {@link #trim} deletes the oldest lines.
 */
public final class LogCollection {
  private static final Logger log = LoggerFactory.getLogger(LogCollection.class);
  private static final int NAMESPACE_NOT_FOUND = 26;
  private static final int NAMESPACE_EXISTS = 48;

  /** The share of its size to which it is trimmed, so that not every pass deletes a little. */
  private static final double TRIMMED_TO = 0.8;

  private final MongoDatabase database;
  private final MongoCollection<RawBsonDocument> logs;
  private final long bytes;

  public LogCollection(MongoDatabase database, MongoCollection<RawBsonDocument> logs, long bytes) {
    this.database = database;
    this.logs = logs;
    this.bytes = bytes;
  }

  /** Creates the collection, unless it exists. */
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

  /** Deletes the oldest documents when the collection is too large; returns how many. */
  long trim(int limit) {
    return MongoErrors.answer(
        "trimming " + StoreCollections.LOGS,
        () -> {
          Document stats = stats();
          double size = number(stats.get("size"));
          if (Boolean.TRUE.equals(stats.get("capped")) || size <= bytes) {
            return 0L;
          }
          double surplus = (size - TRIMMED_TO * bytes) / size * number(stats.get("count"));
          return LimitedDelete.oldest(logs, (int) Math.clamp((long) surplus, 1, limit));
        });
  }

  /** The sizes of the collection; empty when it does not exist yet. */
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
