package io.mrq.autoconfigure;

import static io.mrq.autoconfigure.MrqStoresAutoConfiguration.CLOCK;

import io.mrq.access.ApiKeyRing;
import io.mrq.access.ApiKeys;
import io.mrq.audit.AuditEvents;
import io.mrq.audit.AuditLog;
import io.mrq.audit.AuditTrail;
import io.mrq.bulk.BulkActionStore;
import io.mrq.bulk.BulkActions;
import io.mrq.bulk.BulkMoves;
import io.mrq.client.ActionEvents;
import io.mrq.client.EnqueueEvents;
import io.mrq.client.JobActions;
import io.mrq.client.JobClient;
import io.mrq.client.JobInspector;
import io.mrq.client.SendTracing;
import io.mrq.dispatch.DispatchIndex;
import io.mrq.dispatch.JobDispatcher;
import io.mrq.engine.stats.JobRateCounter;
import io.mrq.key.JobKeys;
import io.mrq.log.JobLogReader;
import io.mrq.log.JobLogStore;
import io.mrq.query.JobQueries;
import io.mrq.queue.QueueActions;
import io.mrq.queue.QueuePauses;
import io.mrq.recovery.RecoveryStore;
import io.mrq.stats.ActivityInspector;
import io.mrq.stats.JobRates;
import io.mrq.stats.QueueStats;
import io.mrq.store.JobMoves;
import io.mrq.store.JobStore;
import io.mrq.task.TaskRegistry;
import io.mrq.worker.WorkerActions;
import io.mrq.worker.WorkerStore;
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
      JobDispatcher offers,
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
      JobDispatcher offers,
      TaskRegistry tasks,
      ObjectProvider<ActionEvents> events,
      @Qualifier(CLOCK) InstantSource clock) {
    return new JobActions(
        queries, moves, offers, tasks, ActionEvents.all(events.orderedStream().toList()), clock);
  }
}
