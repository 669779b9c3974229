package io.mrq.mongo.collection;

import com.mongodb.client.FindIterable;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.CountOptions;
import com.mongodb.client.model.DeleteOptions;
import com.mongodb.client.model.UpdateOptions;
import java.util.Collection;
import org.bson.BsonValue;
import org.bson.Document;
import org.bson.RawBsonDocument;
import org.bson.conversions.Bson;

/**
 * Commands for documents whose ids are known. Each makes the server use the index of the ids.
 * Without this hint it tries the indexes of the other conditions as well; for more than a hundred
 * ids it may choose one that begins with the queue, and walk through the whole queue.
 */
public final class ById {
  /** The index of the ids. It is encoded once, since each write of a batch names it. */
  public static final RawBsonDocument INDEX = RawBsonDocument.parse("{_id: 1}");

  private ById() {}

  /**
   * Finds documents in one round trip: without a batch size the server sends 101 at first.
   *
   * @param filter names the ids
   * @param count how many ids the filter names
   */
  public static <T> FindIterable<T> find(MongoCollection<T> collection, Bson filter, int count) {
    // One more than can match, so that the server closes the cursor with the first batch.
    return collection.find(filter).hint(INDEX).batchSize(count + 1);
  }

  /** Matches documents with one of these ids. */
  public static Document any(Collection<? extends BsonValue> ids) {
    return new Document("_id", new Document("$in", ids));
  }

  public static UpdateOptions update() {
    return new UpdateOptions().hint(INDEX);
  }

  public static DeleteOptions delete() {
    return new DeleteOptions().hint(INDEX);
  }

  public static CountOptions count() {
    return new CountOptions().hint(INDEX);
  }
}
