package io.mrq.api.bulk;

import io.mrq.bulk.BulkActionStore;
import io.mrq.bulk.BulkActions;
import io.mrq.bulk.BulkMoves;
import java.time.InstantSource;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Bulk actions, which this service starts and a scheduler carries out. */
@Configuration(proxyBeanMethods = false)
class BulkActionConfiguration {
  @Bean
  BulkActions mrqBulkActions(
      BulkActionStore actions, BulkMoves moves, @Qualifier("mrqClock") InstantSource clock) {
    return new BulkActions(actions, moves, clock);
  }
}
