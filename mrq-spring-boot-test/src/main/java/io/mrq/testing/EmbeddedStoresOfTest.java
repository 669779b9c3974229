package io.mrq.testing;

import com.mongodb.client.MongoDatabase;
import io.mrq.autoconfigure.store.MongoAccess;
import org.bson.Document;
import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.connection.RedisConnectionFactory;

/** Embedded stores that belong to a test. */
final class EmbeddedStoresOfTest implements StoresOfTest {
  private static final String OURS = "mrq_";

  private final MongoDatabase database;
  private final RedisConnectionFactory redis;

  EmbeddedStoresOfTest(MongoAccess access, RedisConnectionFactory redis) {
    this.database = access.database();
    this.redis = redis;
  }

  @Override
  public void clear() {
    for (String collection : database.listCollectionNames()) {
      if (collection.startsWith(OURS)) {
        database.getCollection(collection).deleteMany(new Document());
      }
    }
    try (RedisConnection connection = redis.getConnection()) {
      connection.serverCommands().flushDb();
    }
  }
}
