package io.mrq.autoconfigure.store;

import io.mrq.access.ApiKeys;
import io.mrq.audit.AuditLog;
import io.mrq.bulk.BulkActionStore;
import io.mrq.bulk.BulkMoves;
import io.mrq.key.JobKeys;
import io.mrq.log.JobLogStore;
import io.mrq.mongo.MongoStores;
import io.mrq.query.JobQueries;
import io.mrq.queue.ParkedTasks;
import io.mrq.queue.QueuePauses;
import io.mrq.recovery.RecoveryStore;
import io.mrq.schedule.ScheduleStore;
import io.mrq.stats.JobRates;
import io.mrq.stats.QueueStats;
import io.mrq.store.JobMoves;
import io.mrq.store.JobStore;
import io.mrq.task.TaskStore;
import io.mrq.worker.WorkerStore;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Every port as a bean, so that an application or a test can replace each of them. Where it
 * replaces all of them, no MongoDB is needed.
 */
@Configuration(proxyBeanMethods = false)
class StoreBeans {
  static final String JOBS = "mrqJobStore";
  static final String WORKERS = "mrqWorkerStore";

  @Bean(name = JOBS)
  @ConditionalOnMissingBean
  JobStore mrqJobStore(MongoStores stores) {
    return stores.jobs();
  }

  @Bean
  @ConditionalOnMissingBean
  RecoveryStore mrqRecoveryStore(MongoStores stores) {
    return stores.recovery();
  }

  @Bean
  @ConditionalOnMissingBean
  JobMoves mrqJobMoves(MongoStores stores) {
    return stores.moves();
  }

  @Bean
  @ConditionalOnMissingBean
  JobQueries mrqJobQueries(MongoStores stores) {
    return stores.queries();
  }

  @Bean
  @ConditionalOnMissingBean
  JobKeys mrqJobKeys(MongoStores stores) {
    return stores.keys();
  }

  @Bean(name = WORKERS)
  @ConditionalOnMissingBean
  WorkerStore mrqWorkerStore(MongoStores stores) {
    return stores.workers();
  }

  @Bean
  @ConditionalOnMissingBean
  QueuePauses mrqQueuePauses(MongoStores stores) {
    return stores.pauses();
  }

  @Bean
  @ConditionalOnMissingBean
  ParkedTasks mrqParkedTasks(MongoStores stores) {
    return stores.parked();
  }

  @Bean
  @ConditionalOnMissingBean
  TaskStore mrqTaskStore(MongoStores stores) {
    return stores.tasks();
  }

  @Bean
  @ConditionalOnMissingBean
  QueueStats mrqQueueStats(MongoStores stores) {
    return stores.stats();
  }

  @Bean
  @ConditionalOnMissingBean
  AuditLog mrqAuditLog(MongoStores stores) {
    return stores.audit();
  }

  @Bean
  @ConditionalOnMissingBean
  BulkActionStore mrqBulkActionStore(MongoStores stores) {
    return stores.actions();
  }

  @Bean
  @ConditionalOnMissingBean
  BulkMoves mrqBulkMoves(MongoStores stores) {
    return stores.bulk();
  }

  @Bean
  @ConditionalOnMissingBean
  ScheduleStore mrqScheduleStore(MongoStores stores) {
    return stores.schedules();
  }

  @Bean
  @ConditionalOnMissingBean
  JobRates mrqJobRates(MongoStores stores) {
    return stores.rates();
  }

  @Bean
  @ConditionalOnMissingBean
  JobLogStore mrqJobLogStore(MongoStores stores) {
    return stores.logs();
  }

  @Bean
  @ConditionalOnMissingBean
  ApiKeys mrqApiKeys(MongoStores stores) {
    return stores.apiKeys();
  }
}
