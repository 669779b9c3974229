package io.mrq.api;

import io.mrq.access.ApiKeyRing;
import io.mrq.audit.AuditTrail;
import io.mrq.bulk.BulkActions;
import io.mrq.client.JobActions;
import io.mrq.client.JobClient;
import io.mrq.client.JobInspector;
import io.mrq.log.JobLogReader;
import io.mrq.queue.QueueActions;
import io.mrq.stats.ActivityInspector;
import io.mrq.worker.WorkerActions;
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

  @Bean
  JobInspector jobInspector(Stores stores) {
    return stores.inspector();
  }

  @Bean
  ActivityInspector activityInspector(Stores stores) {
    return stores.activityInspector();
  }

  @Bean
  JobLogReader jobLogReader(Stores stores) {
    return new JobLogReader(stores.logs());
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
  WorkerActions workerActions(Stores stores) {
    return stores.workerActions();
  }

  @Bean
  BulkActions bulkActions(Stores stores) {
    return stores.bulkActions();
  }

  @Bean
  AuditTrail auditTrail(Stores stores) {
    return stores.auditTrail();
  }

  @Bean
  ApiKeyRing apiKeyRing(Stores stores) {
    return stores.apiKeyRing();
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
