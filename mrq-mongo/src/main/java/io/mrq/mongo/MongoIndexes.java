package io.mrq.mongo;

import com.mongodb.MongoCommandException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.IndexOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.bson.Document;
import org.bson.RawBsonDocument;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Creates the indexes that the stores need: Python's own with exactly its options, so that neither side
 * finds a conflict when it starts second (behaviours §2.2, §2.3, MIX-12), and ours (protocol §9).
 */
public final class MongoIndexes {
  private static final Logger log = LoggerFactory.getLogger(MongoIndexes.class);

  private static final Duration PATIENCE = Duration.ofHours(1);

  private final StoreCollections collections;

  MongoIndexes(StoreCollections collections) {
    this.collections = collections;
  }

  /**
   * Creates what is missing; what is there already stays. An index that the server refuses, because
   * another one of the same name or keys has other options or because this user may not create any, is
   * logged and left out: without it some reads are slow, or expired documents wait for the cleaning
   * duty, but nothing is wrong. One round trip an index.
   *
   * @return the names of the indexes that could not be created
   * @throws io.mrq.store.StoreUnavailableException when MongoDB does not answer
   */
  public List<String> ensure() {
    List<String> refused = new ArrayList<>();
    jobs(new Creation(collections.jobs(), refused));
    workers(new Creation(collections.workers(), refused));
    ours(refused);
    return refused;
  }

  private static void jobs(Creation jobs) {
    jobs.index(keys("status"), plain());
    jobs.index(keys("path"), plain());
    jobs.index(keys("worker"), plain().sparse(true));
    jobs.index(keys("queue"), plain());
    jobs.index(keys("dateexpires"), plain().sparse(true).expireAfter(0L, TimeUnit.SECONDS));
    jobs.index(keys("dateretry"), plain().sparse(true));
    jobs.index(keys("datequeued"), plain());
    jobs.index(keys("queue", "status", "datequeued", "_id"), plain());
    jobs.index(keys("status", "queue", "path"), plain());
    jobs.index(keys("queue", "status", "order", "_id"), plain());
    jobs.index(keys("status", "worker"), plain());
    jobs.index(keys("status", "dateretry"), plain());
  }

  private static void workers(Creation workers) {
    workers.index(keys("status"), plain());
    workers.index(keys("datereported"), plain().expireAfter(3600L, TimeUnit.SECONDS));
  }

  private void ours(List<String> refused) {
    new Creation(collections.jobKeys(), refused)
        .index(keys("expires"), plain().sparse(true).expireAfter(0L, TimeUnit.SECONDS));
    new Creation(collections.stats(), refused).index(keys("date"), plain());
  }

  private static Document keys(String... fields) {
    Document keys = new Document();
    for (String field : fields) {
      keys.append(field, 1);
    }
    return keys;
  }

  /** Python asks for all of its indexes in the background. */
  private static IndexOptions plain() {
    return new IndexOptions().background(true);
  }

  /**
   * Creates indexes of one collection.
   *
   * @param refused gets the names of those that the server refused
   */
  private record Creation(MongoCollection<RawBsonDocument> collection, List<String> refused) {
    Creation(MongoCollection<RawBsonDocument> collection, List<String> refused) {
      // On a large collection the server is busy for minutes, and a timeout would undo its work.
      this.collection = collection.withTimeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
      this.refused = refused;
    }

    void index(Document keys, IndexOptions options) {
      MongoErrors.run(
          "creating an index",
          () -> {
            try {
              collection.createIndex(keys, options);
            } catch (MongoCommandException e) {
              refuse(keys, options, e);
            }
          });
    }

    private void refuse(Document keys, IndexOptions options, MongoCommandException e) {
      if (MongoErrors.isPassing(e)) {
        throw e;
      }
      String where = collection.getNamespace().getCollectionName();
      refused.add(where + keys.keySet());
      log.warn(
          "The index on {} of {} was not created, so its reads may be slow or its documents expire late."
              + " Wanted: {}. Drop the index that is in the way, or leave it as it is. MongoDB says: {}",
          keys.keySet(),
          where,
          wanted(options),
          e.getErrorMessage());
    }

    private static String wanted(IndexOptions options) {
      Long ttl = options.getExpireAfter(TimeUnit.SECONDS);
      return (options.isSparse() ? "sparse" : "not sparse")
          + (ttl == null ? "" : ", deletes " + ttl + " s after the date");
    }
  }
}
