package io.mrq.mongo.collection;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.MongoWriteException;
import com.mongodb.bulk.BulkWriteError;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.InsertManyOptions;
import io.mrq.mongo.error.MongoErrors;
import java.util.List;
import org.bson.RawBsonDocument;

/** Inserts that may be sent again, since each document has an id that was chosen before. */
public final class RepeatableInsert {
  private RepeatableInsert() {}

  /**
   * Inserts a document.
   *
   * @return false when its id is taken: by an earlier try, or by another document
   */
  public static boolean one(MongoCollection<RawBsonDocument> collection, RawBsonDocument document) {
    try {
      collection.insertOne(document);
      return true;
    } catch (MongoWriteException e) {
      if (MongoErrors.isDuplicateId(e)) {
        return false;
      }
      throw e;
    }
  }

  /** Inserts documents; one whose id is taken counts as stored by an earlier try. */
  public static void many(
      MongoCollection<RawBsonDocument> collection, List<RawBsonDocument> documents) {
    try {
      collection.insertMany(documents, new InsertManyOptions().ordered(false));
    } catch (MongoBulkWriteException e) {
      List<BulkWriteError> others =
          e.getWriteErrors().stream().filter(error -> !MongoErrors.isDuplicateId(error)).toList();
      if (e.getWriteConcernError() != null || !others.isEmpty()) {
        throw new MongoBulkWriteException(
            e.getWriteResult(),
            others,
            e.getWriteConcernError(),
            e.getServerAddress(),
            e.getErrorLabels());
      }
    }
  }
}
