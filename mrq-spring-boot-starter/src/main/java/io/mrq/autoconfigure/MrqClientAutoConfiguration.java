package io.mrq.autoconfigure;

import static io.mrq.autoconfigure.MrqStoresAutoConfiguration.CLOCK;

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
import io.mrq.rates.JobRateCounter;
import io.mrq.store.ApiKeys;
import io.mrq.store.AuditLog;
import io.mrq.store.BulkActionStore;
import io.mrq.store.BulkMoves;
import io.mrq.store.JobKeys;
import io.mrq.store.JobLogStore;
import io.mrq.store.JobMoves;
import io.mrq.store.JobQueries;
import io.mrq.store.JobRates;
import io.mrq.store.JobStore;
import io.mrq.store.QueuePauses;
import io.mrq.store.QueueStats;
import io.mrq.store.RecoveryStore;
import io.mrq.store.WorkerStore;
import io.mrq.task.TaskRegistry;
import jakarta.validation.Validator;
import java.time.InstantSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
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
  TaskSearch mrqTaskSearch(ConfigurableListableBeanFactory beans, MrqProperties properties) {
    MrqProperties.Tasks tasks = properties.tasks();
    JsonMapper json =
        BeanChoice.of(beans, JsonMapper.class, tasks.jsonMapper(), "mrq.tasks.json-mapper");
    Validator validator =
        BeanChoice.of(beans, Validator.class, tasks.validator(), "mrq.tasks.validator");
    return new TaskSearch(beans, new TaskBinding(json, validator));
  }

  @Bean
  @ConditionalOnMissingBean
  TaskRegistry mrqTaskRegistry(TaskSearch search) {
    return new TaskRegistry(search);
  }

  @Bean
  @ConditionalOnMissingBean
  JobRateCounter mrqJobRateCounter(JobRates rates, @Qualifier(CLOCK) InstantSource clock) {
    return new JobRateCounter(rates, clock);
  }

  @Bean
  RatesLifecycle mrqRatesLifecycle(JobRateCounter rates) {
    return new RatesLifecycle(rates);
  }

  @Bean(destroyMethod = "flush")
  @ConditionalOnMissingBean
  JobClient mrqJobClient(
      JobStore jobs,
      JobQueries queries,
      JobKeys keys,
      JobOffers offers,
      TaskRegistry tasks,
      ObjectProvider<EnqueueEvents> events,
      ObjectProvider<SendTracing> tracing,
      @Qualifier(CLOCK) InstantSource clock) {
    return new JobClient(
        jobs,
        queries,
        keys,
        offers,
        tasks,
        EnqueueEvents.all(events.orderedStream().toList()),
        tracing.getIfAvailable(() -> SendTracing.NONE),
        clock,
        Thread::startVirtualThread);
  }

  @Bean
  @ConditionalOnMissingBean
  JobLogReader mrqJobLogReader(JobLogStore logs) {
    return new JobLogReader(logs);
  }

  @Bean
  @ConditionalOnMissingBean
  JobInspector mrqJobInspector(JobQueries queries, RecoveryStore recovery, WorkerStore workers) {
    return new JobInspector(queries, recovery, workers);
  }

  @Bean
  @ConditionalOnMissingBean
  AuditTrail mrqAuditTrail(
      AuditLog log,
      MrqProperties properties,
      ObjectProvider<AuditEvents> events,
      @Qualifier(CLOCK) InstantSource clock) {
    return new AuditTrail(
        log,
        AuditEvents.all(events.orderedStream().toList()),
        properties.api().audit().keep(),
        clock);
  }

  @Bean
  @ConditionalOnMissingBean
  BulkActions mrqBulkActions(
      BulkActionStore actions, BulkMoves bulk, @Qualifier(CLOCK) InstantSource clock) {
    return new BulkActions(actions, bulk, clock);
  }

  @Bean
  @ConditionalOnMissingBean
  QueueActions mrqQueueActions(QueuePauses pauses, @Qualifier(CLOCK) InstantSource clock) {
    return new QueueActions(pauses, clock);
  }

  @Bean
  @ConditionalOnMissingBean
  WorkerActions mrqWorkerActions(WorkerStore workers) {
    return new WorkerActions(workers);
  }

  @Bean
  @ConditionalOnMissingBean
  ApiKeyRing mrqApiKeyRing(ApiKeys keys, @Qualifier(CLOCK) InstantSource clock) {
    return new ApiKeyRing(keys, clock);
  }

  @Bean
  @ConditionalOnMissingBean
  ActivityInspector mrqActivityInspector(
      QueueStats stats,
      JobRates rates,
      WorkerStore workers,
      QueuePauses pauses,
      DispatchIndex index) {
    return new ActivityInspector(stats, rates, workers, pauses, index);
  }

  @Bean
  @ConditionalOnMissingBean
  JobActions mrqJobActions(
      JobQueries queries,
      JobMoves moves,
      JobOffers offers,
      TaskRegistry tasks,
      ObjectProvider<ActionEvents> events,
      @Qualifier(CLOCK) InstantSource clock) {
    return new JobActions(
        queries, moves, offers, tasks, ActionEvents.all(events.orderedStream().toList()), clock);
  }
}
