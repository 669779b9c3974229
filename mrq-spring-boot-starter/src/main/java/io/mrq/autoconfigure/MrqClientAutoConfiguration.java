package io.mrq.autoconfigure;

import io.mrq.client.ActionEvents;
import io.mrq.client.ActivityInspector;
import io.mrq.client.ApiKeyRing;
import io.mrq.client.AuditEvents;
import io.mrq.client.AuditTrail;
import io.mrq.client.BulkActions;
import io.mrq.client.EnqueueEvents;
import io.mrq.client.JobActions;
import io.mrq.client.JobClient;
import io.mrq.client.JobInspector;
import io.mrq.client.JobLogReader;
import io.mrq.client.QueueActions;
import io.mrq.client.SendTracing;
import io.mrq.client.WorkerActions;
import io.mrq.dispatch.DispatchIndex;
import io.mrq.dispatch.JobOffers;
import io.mrq.mongo.MongoStores;
import io.mrq.rates.JobRateCounter;
import io.mrq.task.TaskRegistry;
import jakarta.validation.Validator;
import java.time.InstantSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.validation.autoconfigure.ValidationAutoConfiguration;
import org.springframework.context.annotation.Bean;
import tools.jackson.databind.json.JsonMapper;

/** The tasks that this process knows, and the client: enqueue, inspect, act. */
@AutoConfiguration(
    after = {
      MrqStoresAutoConfiguration.class,
      JacksonAutoConfiguration.class,
      ValidationAutoConfiguration.class
    })
public final class MrqClientAutoConfiguration {
  @Bean
  @ConditionalOnMissingBean(TaskRegistry.class)
  TaskSearch mrqTaskSearch(
      ConfigurableListableBeanFactory beans, JsonMapper json, Validator validator) {
    return new TaskSearch(beans, new TaskBinding(json, validator));
  }

  @Bean
  @ConditionalOnMissingBean
  TaskRegistry mrqTaskRegistry(TaskSearch search) {
    return new TaskRegistry(search);
  }

  @Bean
  @ConditionalOnMissingBean
  InstantSource mrqClock() {
    return InstantSource.system();
  }

  /** Stops after everything that it listens to, and before the client of MongoDB. */
  @Bean(initMethod = "start", destroyMethod = "stop")
  @ConditionalOnMissingBean
  JobRateCounter mrqJobRateCounter(MongoStores stores, InstantSource clock) {
    return new JobRateCounter(stores.rates(), clock);
  }

  @Bean
  @ConditionalOnMissingBean
  JobClient mrqJobClient(
      MongoStores stores,
      JobOffers offers,
      TaskRegistry tasks,
      ObjectProvider<EnqueueEvents> events,
      ObjectProvider<SendTracing> tracing,
      InstantSource clock) {
    return new JobClient(
        stores.jobs(),
        stores.queries(),
        stores.keys(),
        offers,
        tasks,
        EnqueueEvents.all(events.orderedStream().toList()),
        tracing.getIfAvailable(() -> SendTracing.NONE),
        clock,
        Thread::startVirtualThread);
  }

  @Bean
  @ConditionalOnMissingBean
  JobLogReader mrqJobLogReader(MongoStores stores) {
    return new JobLogReader(stores.logs());
  }

  @Bean
  @ConditionalOnMissingBean
  JobInspector mrqJobInspector(MongoStores stores) {
    return new JobInspector(stores.queries(), stores.recovery(), stores.workers());
  }

  @Bean
  @ConditionalOnMissingBean
  AuditTrail mrqAuditTrail(
      MongoStores stores,
      MrqProperties properties,
      ObjectProvider<AuditEvents> events,
      InstantSource clock) {
    return new AuditTrail(
        stores.audit(),
        events.getIfAvailable(() -> AuditEvents.NONE),
        properties.api().audit().keep(),
        clock);
  }

  @Bean
  @ConditionalOnMissingBean
  BulkActions mrqBulkActions(MongoStores stores, InstantSource clock) {
    return new BulkActions(stores.actions(), stores.bulk(), clock);
  }

  @Bean
  @ConditionalOnMissingBean
  QueueActions mrqQueueActions(MongoStores stores, InstantSource clock) {
    return new QueueActions(stores.pauses(), clock);
  }

  @Bean
  @ConditionalOnMissingBean
  WorkerActions mrqWorkerActions(MongoStores stores) {
    return new WorkerActions(stores.workers());
  }

  @Bean
  @ConditionalOnMissingBean
  ApiKeyRing mrqApiKeyRing(MongoStores stores, InstantSource clock) {
    return new ApiKeyRing(stores.apiKeys(), clock);
  }

  @Bean
  @ConditionalOnMissingBean
  ActivityInspector mrqActivityInspector(MongoStores stores, DispatchIndex index) {
    return new ActivityInspector(
        stores.stats(), stores.rates(), stores.workers(), stores.pauses(), index);
  }

  @Bean
  @ConditionalOnMissingBean
  JobActions mrqJobActions(
      MongoStores stores,
      JobOffers offers,
      TaskRegistry tasks,
      ObjectProvider<ActionEvents> events,
      InstantSource clock) {
    return new JobActions(
        stores.queries(),
        stores.moves(),
        offers,
        tasks,
        ActionEvents.all(events.orderedStream().toList()),
        clock);
  }
}
