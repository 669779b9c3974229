package io.mrq.mongo.collection;

import com.mongodb.client.MongoCollection;
import java.util.ArrayList;
import java.util.List;
import org.bson.BsonValue;
import org.bson.Document;
import org.bson.RawBsonDocument;

/**
 * Deletes documents up to a limit, which MongoDB's own delete does not know. One read, and one
 * delete that checks the whole condition again, since a document may have changed meanwhile.
 */
public final class LimitedDelete {
  private static final String ID = "_id";

  private LimitedDelete() {}

  /**
   * Deletes the documents with the lowest ids.
   *
   * @param limit above 0
   * @return how many were deleted
   */
  public static long oldest(MongoCollection<RawBsonDocument> collection, int limit) {
    List<BsonValue> ids = new ArrayList<>();
    collection
        .find()
        .sort(ById.INDEX)
        .projection(ById.INDEX)
        .limit(limit)
        .batchSize(limit)
        .forEach(document -> ids.add(document.get(ID)));
    return collection.deleteMany(ById.any(ids), ById.delete()).getDeletedCount();
  }

  /**
   * Deletes documents that match a filter, in no certain order.
   *
   * @return how many were deleted
   */
  public static long of(MongoCollection<RawBsonDocument> collection, Document filter, int limit) {
    if (limit <= 0) {
      return 0;
    }
    List<BsonValue> ids = new ArrayList<>();
    collection
        .find(filter)
        .projection(ById.INDEX)
        .limit(limit)
        .batchSize(limit)
        .forEach(document -> ids.add(document.get(ID)));
    if (ids.isEmpty()) {
      return 0;
    }
    Document same = new Document(filter);
    same.putAll(ById.any(ids));
    return collection.deleteMany(same, ById.delete()).getDeletedCount();
  }
}
