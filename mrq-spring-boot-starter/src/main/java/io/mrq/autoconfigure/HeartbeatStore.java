package io.mrq.autoconfigure;

import com.mongodb.MongoClientSettings;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import io.mrq.mongo.MongoStores;
import io.mrq.store.WorkerStore;

/**
 * The worker documents over connections of their own: a beat must not wait behind everything else
 * that this process asks of MongoDB (protocol §6).
 */
record HeartbeatStore(WorkerStore workers, MongoClient client) implements AutoCloseable {
  private static final int CONNECTIONS = 3;

  static HeartbeatStore of(MongoClientSettings settings, String database) {
    MongoClient client =
        MongoClients.create(
            MongoClientSettings.builder(settings)
                .applyToConnectionPoolSettings(pool -> pool.minSize(0).maxSize(CONNECTIONS))
                .build());
    return new HeartbeatStore(MongoStores.of(client.getDatabase(database)).workers(), client);
  }

  @Override
  public void close() {
    client.close();
  }
}
