package io.mrq.autoconfigure;

import io.micrometer.core.instrument.MeterRegistry;
import io.mrq.dispatch.DispatchIndex;
import io.mrq.engine.maintenance.Maintenance;
import io.mrq.engine.worker.Worker;
import io.mrq.queue.QueuePauses;
import io.mrq.stats.QueueStats;
import io.mrq.task.TaskRegistry;
import io.mrq.worker.WorkerStore;
import java.time.InstantSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.LazyInitializationExcludeFilter;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Metrics and health, where the application has them. */
@AutoConfiguration(
    before = {MrqWorkerAutoConfiguration.class, MrqSchedulerAutoConfiguration.class},
    after = MrqStoresAutoConfiguration.class,
    afterName =
        "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration")
public final class MrqObservabilityAutoConfiguration {
  /** What happens and how things stand, as meters. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass(MeterRegistry.class)
  @ConditionalOnSingleCandidate(MeterRegistry.class)
  static class Meters {
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
    QueueGauges mrqQueueGauges(
        QueueStats stats,
        WorkerStore workers,
        QueuePauses pauses,
        StoreGauges answers,
        MeterRegistry registry,
        @Qualifier(MrqStoresAutoConfiguration.CLOCK) InstantSource clock) {
      return new QueueGauges(stats, workers, pauses, answers, registry, clock);
    }

    @Bean
    WorkerGauges mrqWorkerGauges(
        ObjectProvider<Worker> worker,
        TaskRegistry tasks,
        MicrometerEvents events,
        MeterRegistry registry) {
      return new WorkerGauges(worker, tasks, events, registry);
    }
  }

  /** Whether the background loops do their work, as health and as meters. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass({MeterRegistry.class, HealthIndicator.class})
  @ConditionalOnSingleCandidate(MeterRegistry.class)
  static class Loops {
    @Bean
    static LazyInitializationExcludeFilter mrqLoopHealthIsNotLazy() {
      return LazyInitializationExcludeFilter.forBeanTypes(LoopHealth.class);
    }

    @Bean
    LoopHealth mrqLoopsHealthIndicator(
        ObjectProvider<Worker> worker,
        ObjectProvider<Maintenance> maintenance,
        MeterRegistry registry) {
      return new LoopHealth(worker, maintenance, registry);
    }
  }

  /** Health of the stores as MRQ sees them, beside what Boot says of the application's clients. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass({HealthIndicator.class, ConditionalOnEnabledHealthIndicator.class})
  static class Indicators {
    @Bean
    @ConditionalOnEnabledHealthIndicator("mrq-redis")
    HealthIndicator mrqRedisHealthIndicator(DispatchIndex index) {
      return StoreHealth.of(index);
    }

    @Bean
    @ConditionalOnBean(
        value = MrqStoresAutoConfiguration.DefaultStores.class,
        name = StoreBeans.JOBS)
    @ConditionalOnEnabledHealthIndicator("mrq-mongo")
    HealthIndicator mrqMongoHealthIndicator(MongoAccess access) {
      return StoreHealth.of(access);
    }
  }
}
