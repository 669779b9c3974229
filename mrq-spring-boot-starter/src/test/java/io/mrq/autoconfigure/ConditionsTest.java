package io.mrq.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.mrq.client.JobActions;
import io.mrq.client.JobClient;
import io.mrq.client.JobInspector;
import io.mrq.client.JobRequest;
import io.mrq.engine.maintenance.Maintenance;
import io.mrq.engine.worker.Worker;
import io.mrq.store.StoreUnavailableException;
import io.mrq.task.TaskDefinition;
import io.mrq.task.TaskSettings;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.data.mongodb.autoconfigure.DataMongoAutoConfiguration;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.mongodb.autoconfigure.MongoAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.validation.autoconfigure.ValidationAutoConfiguration;
import org.springframework.context.ApplicationContext;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/**
 * Which beans are there under which condition; all with stores that are away, since nothing may
 * wait for them.
 */
class ConditionsTest {
  private final ApplicationContextRunner application =
      new ApplicationContextRunner()
          .withConfiguration(
              AutoConfigurations.of(
                  MongoAutoConfiguration.class,
                  DataMongoAutoConfiguration.class,
                  DataRedisAutoConfiguration.class,
                  JacksonAutoConfiguration.class,
                  ValidationAutoConfiguration.class,
                  MrqStoresAutoConfiguration.class,
                  MrqClientAutoConfiguration.class,
                  MrqObservabilityAutoConfiguration.class,
                  MrqWorkerAutoConfiguration.class,
                  MrqSchedulerAutoConfiguration.class))
          .withBean(SimpleMeterRegistry.class, SimpleMeterRegistry::new)
          .withPropertyValues(
              "spring.mongodb.uri=mongodb://127.0.0.1:1/mrq", "spring.data.redis.port=1");

  // ENQ-08, BAS-13, SEED-40, BUG-51
  @Test
  void clientWorkerAndMaintenanceAreOnByDefault() {
    application.run(context ->
        assertThat(context)
            .hasNotFailed()
            .hasSingleBean(JobClient.class)
            .hasSingleBean(JobInspector.class)
            .hasSingleBean(JobActions.class)
            .hasSingleBean(Worker.class)
            .hasSingleBean(Maintenance.class));
  }

  // BUG-34
  @Test
  void theWorkerCanBeSwitchedOff() {
    application
        .withPropertyValues("mrq.worker.enabled=false")
        .run(context ->
            assertThat(context).doesNotHaveBean(Worker.class).hasSingleBean(JobClient.class));
  }

  // BAS-13, SCH-18, BUG-34
  @Test
  void theMaintenanceCanBeSwitchedOff() {
    application
        .withPropertyValues("mrq.scheduler.enabled=false")
        .run(context -> assertThat(context).doesNotHaveBean(Maintenance.class));
  }

  // CFG-03, BUG-34
  @ParameterizedTest
  @ValueSource(strings = {"false", "FALSE", "0", "off", "no"})
  void variablesOfTheEnvironmentSwitchOff(String off) {
    Map<String, Object> variables = Map.of("MRQ_WORKER_ENABLED", off, "MRQ_SCHEDULER_ENABLED", off);
    application
        .withInitializer(context ->
            context
                .getEnvironment()
                .getPropertySources()
                .addFirst(new SystemEnvironmentPropertySource("variables", variables)))
        .run(context ->
            assertThat(context)
                .hasSingleBean(JobClient.class)
                .doesNotHaveBean(Worker.class)
                .doesNotHaveBean(Maintenance.class));
  }

  @Test
  void propertiesReachTheWorker() {
    application
        .withPropertyValues("mrq.worker.slots=7", "mrq.worker.queues=a,b")
        .run(context -> assertThat(context.getBean(Worker.class).slots()).isEqualTo(7));
  }

  @ParameterizedTest
  @CsvSource({
    "'default,main/', ends in a slash",
    "'default,low_reverse', ends in _reverse",
    "mails_raw, is a raw queue"
  })
  void aQueueOfAKindThatNoWorkerServesStopsTheStartWithASentence(String queues, String sentence) {
    application
        .withPropertyValues("mrq.worker.queues=" + queues)
        .run(
            context -> assertThat(context).getFailure().rootCause().hasMessageContaining(sentence));
  }

  @Test
  void anIllegalQueueStopsTheStartWithASentence() {
    application
        .withPropertyValues("mrq.worker.queues=not a queue")
        .run(context ->
            assertThat(context).getFailure().rootCause().hasMessageContaining("'queue' must be"));
  }

  @Test
  void twoTasksOfOnePathStopTheStartWithASentence() {
    application
        .withBean(
            "one",
            TaskDefinition.class,
            () -> new TaskDefinition("t", TaskSettings.DEFAULT, _ -> 1))
        .withBean(
            "two",
            TaskDefinition.class,
            () -> new TaskDefinition("t", TaskSettings.DEFAULT, _ -> 2))
        .run(context ->
            assertThat(context).getFailure().hasMessageContaining("two tasks have the path 't'"));
  }

  @Test
  void withoutMongoAnEnqueueSaysSo() {
    application
        .withPropertyValues("mrq.worker.enabled=false", "mrq.scheduler.enabled=false")
        .run(context ->
            Assertions.assertThatThrownBy(
                    () -> context.getBean(JobClient.class).enqueue(JobRequest.of("t")))
                .isInstanceOf(StoreUnavailableException.class));
  }

  @Test
  void redisAwayIsDegradedAndNotDown() {
    application.run(context ->
        await()
            .atMost(Duration.ofSeconds(60))
            .until(() -> "DEGRADED".equals(redis(context).getStatus().getCode())));
  }

  private static Health redis(ApplicationContext context) {
    return Objects.requireNonNull(
        context.getBean("mrqRedisHealthIndicator", HealthIndicator.class).health());
  }
}
