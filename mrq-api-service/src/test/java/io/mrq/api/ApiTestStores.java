package io.mrq.api;

import io.mrq.access.ApiKeys;
import io.mrq.audit.AuditLog;
import io.mrq.bulk.BulkActionStore;
import io.mrq.bulk.BulkMoves;
import io.mrq.client.JobActions;
import io.mrq.client.JobClient;
import io.mrq.dispatch.DispatchIndex;
import io.mrq.log.JobLogStore;
import io.mrq.query.JobQueries;
import io.mrq.queue.ParkedTasks;
import io.mrq.queue.QueueActions;
import io.mrq.queue.QueuePauses;
import io.mrq.recovery.RecoveryStore;
import io.mrq.schedule.ScheduleStore;
import io.mrq.schedule.Schedules;
import io.mrq.stats.JobRates;
import io.mrq.stats.QueueStats;
import io.mrq.store.JobStore;
import io.mrq.task.SharedTasks;
import io.mrq.task.TaskStore;
import io.mrq.worker.WorkerStore;
import java.time.InstantSource;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/** What the starter brings in real life, on stores in memory. */
@TestConfiguration(proxyBeanMethods = false)
class ApiTestStores {
  @Bean
  Stores stores() {
    return new Stores();
  }

  @Bean
  Api api(Environment environment) {
    return new Api(() -> environment.getRequiredProperty("local.server.port", Integer.class));
  }

  @Bean
  JobClient jobClient(Stores stores) {
    return stores.client();
  }

  @Bean(defaultCandidate = false)
  InstantSource mrqClock() {
    return InstantSource.system();
  }

  @Bean
  JobQueries jobQueries(Stores stores) {
    return stores.queries();
  }

  @Bean
  RecoveryStore recoveryStore(Stores stores) {
    return stores.memory().recovery();
  }

  @Bean
  WorkerStore workerStore(Stores stores) {
    return stores.workers();
  }

  @Bean
  JobLogStore jobLogStore(Stores stores) {
    return stores.logs();
  }

  @Bean
  QueueStats queueStats(Stores stores) {
    return stores.stats();
  }

  @Bean
  ScheduleStore schedules(Stores stores) {
    return stores.schedules();
  }

  @Bean
  Schedules mrqSchedules(Stores stores) {
    return stores.definedSchedules();
  }

  @Bean
  JobStore jobStore(Stores stores) {
    return stores.memory().jobs();
  }

  @Bean
  JobRates jobRates(Stores stores) {
    return stores.rates();
  }

  @Bean
  ParkedTasks parkedTasks(Stores stores) {
    return stores.memory().parked();
  }

  @Bean
  TaskStore taskStore(Stores stores) {
    return stores.memory().tasks();
  }

  @Bean
  SharedTasks sharedTasks(Stores stores) {
    return stores.tasks();
  }

  @Bean
  QueuePauses queuePauses(Stores stores) {
    return stores.memory().pauses();
  }

  @Bean
  BulkActionStore bulkActionStore(Stores stores) {
    return stores.memory().actions();
  }

  @Bean
  BulkMoves bulkMoves(Stores stores) {
    return stores.memory().bulk();
  }

  @Bean
  AuditLog auditLog(Stores stores) {
    return stores.audit();
  }

  @Bean
  ApiKeys apiKeys(Stores stores) {
    return stores.apiKeys();
  }

  @Bean
  DispatchIndex dispatchIndex(Stores stores) {
    return stores.index();
  }

  @Bean
  JobActions jobActions(Stores stores) {
    return stores.actions();
  }

  @Bean
  QueueActions queueActions(Stores stores) {
    return stores.queueActions();
  }

  @Bean
  TestHealth testHealth() {
    return new TestHealth();
  }

  @Bean
  HealthIndicator mrqMongoHealthIndicator(TestHealth health) {
    return () -> Health.status(health.mongo).build();
  }

  @Bean
  HealthIndicator mrqRedisHealthIndicator(TestHealth health) {
    return () -> Health.status(health.redis).build();
  }

  /** What the health indicators of the stores say. */
  static final class TestHealth {
    volatile String mongo = "UP";
    volatile String redis = "UP";
  }
}
