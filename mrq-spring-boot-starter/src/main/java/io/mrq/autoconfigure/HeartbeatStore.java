package io.mrq.autoconfigure;

import com.mongodb.MongoClientSettings;
import com.mongodb.client.MongoClient;
import io.mrq.mongo.MongoStores;
import io.mrq.store.WorkerStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.springframework.boot.mongodb.autoconfigure.MongoClientFactory;
import org.springframework.boot.mongodb.autoconfigure.MongoClientSettingsBuilderCustomizer;

/**
 * The worker documents over connections of their own: a beat must not wait behind everything else
 * that this process asks of MongoDB (protocol §6).
 */
record HeartbeatStore(WorkerStore workers, MongoClient client) implements AutoCloseable {
  private static final int CONNECTIONS = 3;

  /**
   * Connects like the application does, with a pool of its own.
   *
   * @param customizers those of the application's own client
   */
  static HeartbeatStore of(
      MongoClientSettings settings,
      List<MongoClientSettingsBuilderCustomizer> customizers,
      String database,
      Duration timeout) {
    List<MongoClientSettingsBuilderCustomizer> all = new ArrayList<>(customizers);
    all.add(own -> own.applyToConnectionPoolSettings(p -> p.minSize(0).maxSize(CONNECTIONS)));
    MongoClient client = new MongoClientFactory(all).createMongoClient(settings);
    return new HeartbeatStore(
        MongoStores.of(client.getDatabase(database), timeout).workers(), client);
  }

  @Override
  public void close() {
    client.close();
  }
}
