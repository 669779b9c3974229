package io.mrq.autoconfigure.health;

import com.mongodb.MongoException;
import com.mongodb.client.MongoDatabase;
import io.mrq.autoconfigure.store.MongoAccess;
import io.mrq.dispatch.DispatchIndex;
import java.util.concurrent.TimeUnit;
import org.bson.Document;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** Whether the stores answer, for those who ask often and do not wait. */
final class StoreHealth {
  private static final long PATIENCE_SECONDS = 2;
  private static final Document PING = new Document("ping", 1);

  private StoreHealth() {}

  /** Redis away slows work down and stops nothing: {@code DEGRADED}, which is not an outage. */
  static HealthIndicator of(DispatchIndex index) {
    return () -> index.isAvailable() ? Health.up().build() : Health.status("DEGRADED").build();
  }

  /** MongoDB away stops everything. Whatever the application's client is set to, this ends soon. */
  static HealthIndicator of(MongoAccess access) {
    MongoDatabase database = access.database().withTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS);
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
