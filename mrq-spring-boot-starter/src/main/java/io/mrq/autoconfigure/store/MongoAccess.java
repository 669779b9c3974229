package io.mrq.autoconfigure.store;

import com.mongodb.MongoClientSettings;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoDatabase;
import java.util.Optional;
import org.springframework.data.mongodb.MongoDatabaseFactory;

/**
 * Where MRQ's collections are: in a database of the application's client, whose own settings stay
 * as they are.
 *
 * @param database over the connections of the application
 * @param settings the settings of the client, so that another client can lead to the same servers
 *     with the same credentials; empty when the client does not tell them
 */
public record MongoAccess(MongoDatabase database, Optional<MongoClientSettings> settings) {
  static MongoAccess of(MongoClient client, String database) {
    return new MongoAccess(client.getDatabase(database), settingsOf(client));
  }

  /** For an application whose client is not a bean. */
  static MongoAccess of(MongoDatabaseFactory factory, String database) {
    return new MongoAccess(factory.getMongoDatabase(database), Optional.empty());
  }

  /**
   * The clients of the driver tell their settings, although their interface does not; a client that
   * the application wrapped or wrote itself may not.
   */
  private static Optional<MongoClientSettings> settingsOf(MongoClient client) {
    try {
      return client.getClass().getMethod("getSettings").invoke(client)
              instanceof MongoClientSettings settings
          ? Optional.of(settings)
          : Optional.empty();
    } catch (ReflectiveOperationException e) {
      return Optional.empty();
    }
  }
}
