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
 * Commands that name the documents they are for. Each tells the server to go by the ids: left to
 * itself it tries every index of the other conditions too, and for more than a hundred ids may
 * settle on one that begins with a queue, and walk through all of it.
 */
public final class ById {
  /** The index of the ids. */
  public static final Document INDEX = new Document("_id", 1);

  private ById() {}

  /**
   * Finds documents in one round trip: left to itself the server sends 101 at first.
   *
   * @param filter names the ids
   * @param most so many ids are in it
   */
  public static FindIterable<RawBsonDocument> find(
      MongoCollection<RawBsonDocument> collection, Bson filter, int most) {
    // One more than there can be: then the server closes the cursor by itself.
    return collection.find(filter).hint(INDEX).batchSize(most + 1);
  }

  /** The condition on {@code _id}. */
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
