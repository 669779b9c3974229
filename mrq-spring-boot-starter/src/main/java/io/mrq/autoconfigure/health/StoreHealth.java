package io.mrq.autoconfigure.health;

import com.mongodb.MongoException;
import com.mongodb.client.MongoDatabase;
import io.mrq.autoconfigure.store.MongoAccess;
import io.mrq.dispatch.DispatchIndex;
import java.util.concurrent.TimeUnit;
import org.bson.Document;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** Tells whether the stores answer. It may be asked often, and never waits long. */
final class StoreHealth {
  private static final long TIMEOUT_SECONDS = 2;
  private static final Document PING = new Document("ping", 1);

  private StoreHealth() {}

  /** Without Redis work is slower but goes on: {@code DEGRADED}, which is not an outage. */
  static HealthIndicator of(DispatchIndex index) {
    return () -> index.isAvailable() ? Health.up().build() : Health.status("DEGRADED").build();
  }

  /** Without MongoDB everything stops. The check ends soon, whatever timeout the client has. */
  static HealthIndicator of(MongoAccess access) {
    MongoDatabase database = access.database().withTimeout(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    return () -> {
      try {
        database.runCommand(PING);
        return Health.up().build();
      } catch (MongoException e) {
        return Health.down(e).build();
      }
    };
  }
}
