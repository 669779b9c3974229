package io.mrq.autoconfigure.store;

import com.mongodb.MongoClientSettings;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoDatabase;
import java.util.Optional;
import org.springframework.data.mongodb.MongoDatabaseFactory;

/**
 * Where MRQ's collections are: a database of the application's client, whose own settings stay as
 * they are.
 *
 * @param database over the application's connections
 * @param settings of its client, so that another one leads to the same servers with the same
 *     credentials; empty when the client does not tell them
 */
public record MongoAccess(MongoDatabase database, Optional<MongoClientSettings> settings) {
  static MongoAccess of(MongoClient client, String database) {
    return new MongoAccess(client.getDatabase(database), settingsOf(client));
  }

  /** Where the client itself is no bean. */
  static MongoAccess of(MongoDatabaseFactory factory, String database) {
    return new MongoAccess(factory.getMongoDatabase(database), Optional.empty());
  }

  /**
   * The driver's own clients tell their settings, although their interface does not; one that the
   * application wrapped or made up may not.
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
