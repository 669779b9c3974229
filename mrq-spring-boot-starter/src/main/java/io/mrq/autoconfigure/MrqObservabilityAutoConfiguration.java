package io.mrq.autoconfigure;

import io.micrometer.core.instrument.MeterRegistry;
import io.mrq.dispatch.DispatchIndex;
import io.mrq.mongo.MongoStores;
import io.mrq.worker.Worker;
import java.time.InstantSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;

/** Metrics and health. */
@AutoConfiguration(
    before = {MrqWorkerAutoConfiguration.class, MrqSchedulerAutoConfiguration.class},
    after = MrqStoresAutoConfiguration.class,
    afterName =
        "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration")
public final class MrqObservabilityAutoConfiguration {
  @Bean
  MicrometerEvents mrqMetrics(MeterRegistry registry) {
    return new MicrometerEvents(registry);
  }

  @Bean
  QueueGauges mrqQueueGauges(MongoStores stores, MeterRegistry registry) {
    return new QueueGauges(stores.stats(), registry, InstantSource.system());
  }

  @Bean
  WorkerGauges mrqWorkerGauges(ObjectProvider<Worker> worker, MeterRegistry registry) {
    return new WorkerGauges(worker, registry);
  }

  /** Redis away slows work down and stops nothing: {@code DEGRADED}, which is not an outage. */
  @Bean
  HealthIndicator redisHealthIndicator(DispatchIndex index) {
    return () -> index.isAvailable() ? Health.up().build() : Health.status("DEGRADED").build();
  }
}
