package io.mrq.autoconfigure.store;

import com.mongodb.MongoClientSettings;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import io.mrq.mongo.MongoStores;
import io.mrq.worker.WorkerStore;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The worker documents over connections of their own: a beat must not wait behind everything else
 * that this process asks of MongoDB. They lead where the jobs are, always.
 *
 * @param client null when there are no connections of their own
 */
public record HeartbeatStore(WorkerStore workers, @Nullable MongoClient client)
    implements AutoCloseable {
  private static final int CONNECTIONS = 3;

  /** A report that is late is worth nothing; the next one follows. */
  private static final Duration TIMEOUT = Duration.ofSeconds(3);

  /**
   * Connects as the application's client does; shares that client where it does not tell its
   * settings.
   */
  static HeartbeatStore of(MongoAccess jobs) {
    return jobs.settings()
        .map(settings -> own(settings, jobs.database().getName()))
        .orElseGet(() -> sharing(MongoStores.of(jobs.database(), TIMEOUT).workers()));
  }

  /** Over the connections of this store. */
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
