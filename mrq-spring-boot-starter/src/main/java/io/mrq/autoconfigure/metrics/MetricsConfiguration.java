package io.mrq.autoconfigure.metrics;

import static io.mrq.autoconfigure.clock.ClockConfiguration.CLOCK;

import io.micrometer.core.instrument.MeterRegistry;
import io.mrq.dispatch.DispatchIndex;
import io.mrq.engine.worker.Worker;
import io.mrq.queue.QueuePauses;
import io.mrq.stats.QueueStats;
import io.mrq.task.TaskRegistry;
import io.mrq.worker.WorkerStore;
import java.time.InstantSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Meters of what happens and of how things stand. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass(MeterRegistry.class)
@ConditionalOnSingleCandidate(MeterRegistry.class)
public class MetricsConfiguration {
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
      @Qualifier(CLOCK) InstantSource clock) {
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
