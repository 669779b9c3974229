package io.mrq.autoconfigure;

import io.micrometer.core.instrument.MeterRegistry;
import io.mrq.dispatch.DispatchIndex;
import io.mrq.maintenance.Maintenance;
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
  static TimedStores mrqTimedStores(ObjectProvider<MeterRegistry> registry) {
    return new TimedStores(registry);
  }

  @Bean
  MeterLabels mrqMeterLabels(MeterRegistry registry) {
    return new MeterLabels(registry);
  }

  @Bean
  MicrometerEvents mrqMetrics(MeterRegistry registry, MeterLabels labels) {
    return new MicrometerEvents(registry, labels);
  }

  @Bean
  MaintenanceMeters mrqMaintenanceMetrics(MeterRegistry registry, MeterLabels labels) {
    return new MaintenanceMeters(registry, labels);
  }

  @Bean
  StoreGauges mrqStoreGauges(DispatchIndex index, MeterRegistry registry) {
    return new StoreGauges(index, registry);
  }

  @Bean
  QueueGauges mrqQueueGauges(MongoStores stores, StoreGauges answers, MeterRegistry registry) {
    return new QueueGauges(stores, answers, registry, InstantSource.system());
  }

  @Bean
  WorkerGauges mrqWorkerGauges(
      ObjectProvider<Worker> worker, MicrometerEvents events, MeterRegistry registry) {
    return new WorkerGauges(worker, events, registry);
  }

  @Bean
  LoopHealth mrqLoopsHealthIndicator(
      ObjectProvider<Worker> worker,
      ObjectProvider<Maintenance> maintenance,
      MeterRegistry registry) {
    return new LoopHealth(worker, maintenance, registry);
  }

  /** Redis away slows work down and stops nothing: {@code DEGRADED}, which is not an outage. */
  @Bean
  HealthIndicator redisHealthIndicator(DispatchIndex index) {
    return () -> index.isAvailable() ? Health.up().build() : Health.status("DEGRADED").build();
  }
}
