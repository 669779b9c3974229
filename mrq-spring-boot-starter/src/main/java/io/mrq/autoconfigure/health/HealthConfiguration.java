package io.mrq.autoconfigure.health;

import io.micrometer.core.instrument.MeterRegistry;
import io.mrq.autoconfigure.store.MongoAccess;
import io.mrq.autoconfigure.store.StoreConfiguration;
import io.mrq.dispatch.DispatchIndex;
import io.mrq.engine.maintenance.Maintenance;
import io.mrq.engine.worker.Worker;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.LazyInitializationExcludeFilter;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Tells whether the background loops work and whether the stores answer. */
@Configuration(proxyBeanMethods = false)
public class HealthConfiguration {
  /** The background loops, as health and as meters. */
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

  /** The stores as MRQ sees them, beside what Spring Boot says of the application's clients. */
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
        value = StoreConfiguration.DefaultStores.class,
        name = StoreConfiguration.JOBS)
    @ConditionalOnEnabledHealthIndicator("mrq-mongo")
    HealthIndicator mrqMongoHealthIndicator(MongoAccess access) {
      return StoreHealth.of(access);
    }
  }
}
