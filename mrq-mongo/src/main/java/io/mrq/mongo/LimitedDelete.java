package io.mrq.mongo;

import com.mongodb.client.MongoCollection;
import java.util.ArrayList;
import java.util.List;
import org.bson.BsonValue;
import org.bson.Document;
import org.bson.RawBsonDocument;

/**
 * Deletes at most so many documents: MongoDB's own delete knows no limit. One read, and one delete
 * that asks for the whole condition again, since a document may have changed meanwhile.
 */
final class LimitedDelete {
  private static final String ID = "_id";

  private LimitedDelete() {}

  /** Answers how many were deleted. */
  static long of(MongoCollection<RawBsonDocument> collection, Document filter, int limit) {
    if (limit <= 0) {
      return 0;
    }
    List<BsonValue> ids = new ArrayList<>();
    collection
        .find(filter)
        .projection(new Document(ID, 1))
        .limit(limit)
        .forEach(document -> ids.add(document.get(ID)));
    if (ids.isEmpty()) {
      return 0;
    }
    Document same = new Document(filter).append(ID, new Document("$in", ids));
    return collection.deleteMany(same).getDeletedCount();
  }
}
