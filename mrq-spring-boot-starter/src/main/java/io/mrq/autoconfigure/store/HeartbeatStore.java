package io.mrq.autoconfigure.store;

import com.mongodb.MongoClientSettings;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import io.mrq.mongo.MongoStores;
import io.mrq.worker.WorkerStore;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Stores the documents of workers over connections of its own, because a heartbeat must not wait
 * behind everything else that this process asks of MongoDB. The connections lead to the MongoDB
 * that has the jobs.
 *
 * @param workers the store
 * @param client the client that has the connections; null when they are shared with the jobs
 */
public record HeartbeatStore(WorkerStore workers, @Nullable MongoClient client)
    implements AutoCloseable {
  private static final int CONNECTIONS = 3;

  /** A heartbeat that is later than this is worth nothing, and the next one follows. */
  private static final Duration TIMEOUT = Duration.ofSeconds(3);

  /**
   * Connects with the settings of the application's client; shares that client when it does not
   * tell its settings.
   */
  static HeartbeatStore of(MongoAccess jobs) {
    return jobs.settings()
        .map(settings -> own(settings, jobs.database().getName()))
        .orElseGet(() -> sharing(MongoStores.of(jobs.database(), TIMEOUT).workers()));
  }

  /** Uses this store, and no connections of its own. */
  static HeartbeatStore sharing(WorkerStore workers) {
    return new HeartbeatStore(workers, null);
  }

  private static HeartbeatStore own(MongoClientSettings settings, String database) {
    MongoClientSettings few =
        MongoClientSettings.builder(settings)
            .applyToConnectionPoolSettings(pool -> pool.minSize(0).maxSize(CONNECTIONS))
            .build();
    MongoClient client = MongoClients.create(few);
    return new HeartbeatStore(
        MongoStores.of(client.getDatabase(database), TIMEOUT).workers(), client);
  }

  @Override
  public void close() {
    if (client != null) {
      client.close();
    }
  }
}
