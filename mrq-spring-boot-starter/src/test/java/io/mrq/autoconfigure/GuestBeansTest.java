package io.mrq.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.mrq.autoconfigure.store.HeartbeatStore;
import io.mrq.client.JobClient;
import io.mrq.engine.maintenance.Maintenance;
import io.mrq.engine.maintenance.MaintenanceDuty;
import io.mrq.engine.retention.ExpiringDocuments;
import io.mrq.engine.worker.Worker;
import io.mrq.mongo.MongoStores;
import io.mrq.task.TaskRegistry;
import jakarta.validation.Validation;
import jakarta.validation.Validator;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.data.redis.autoconfigure.health.DataRedisHealthContributorAutoConfiguration;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import tools.jackson.databind.json.JsonMapper;

/** Applications with beans of their own, or without some that others have; stores are away. */
@ExtendWith(OutputCaptureExtension.class)
class GuestBeansTest {
  private final ApplicationContextRunner bare = AwayStores.application();

  private final ApplicationContextRunner application =
      bare.withBean(MeterRegistry.class, SimpleMeterRegistry::new);

  @Test
  void bootsRedisHealthIsThatOfTheApplication() {
    application
        .withConfiguration(AutoConfigurations.of(DataRedisHealthContributorAutoConfiguration.class))
        .run(context ->
            assertThat(context.getBean("redisHealthContributor"))
                .isNotSameAs(context.getBean("mrqRedisHealthIndicator")));
    application.run(context ->
        assertThat(context)
            .doesNotHaveBean("redisHealthIndicator")
            .doesNotHaveBean("redisHealthContributor"));
  }

  @Test
  void theHealthOfMrqsStoresCanBeSwitchedOff() {
    application
        .withPropertyValues(
            "management.health.mrq-redis.enabled=false",
            "management.health.mrq-mongo.enabled=false")
        .run(context ->
            assertThat(context)
                .doesNotHaveBean("mrqRedisHealthIndicator")
                .doesNotHaveBean("mrqMongoHealthIndicator"));
  }

  @Test
  void aMongoThatIsAwayIsDownWithoutALongWait() {
    application
        .withUserConfiguration(GuestClientsTest.OwnSettings.class)
        .run(context ->
            assertThat(
                    Objects.requireNonNull(
                            context
                                .getBean("mrqMongoHealthIndicator", HealthIndicator.class)
                                .health())
                        .getStatus()
                        .getCode())
                .isEqualTo("DOWN"));
  }

  /** Also where they have the name of MRQ's. */
  @ParameterizedTest
  @ValueSource(strings = {"own", "mrqStores"})
  void whereTheStoresAreTheApplicationsOwnHealthAndBeatsDoNotAskMrqsServer(String name) {
    try (MongoClient own = MongoClients.create("mongodb://127.0.0.1:2")) {
      MongoStores stores = MongoStores.of(own.getDatabase("own"), Duration.ofSeconds(1));
      bare.withBean(name, MongoStores.class, () -> stores)
          .run(context -> {
            assertThat(context).hasNotFailed().doesNotHaveBean("mrqMongoHealthIndicator");
            assertThat(context.getBean(HeartbeatStore.class))
                .isEqualTo(new HeartbeatStore(stores.workers(), null));
          });
    }
    bare.run(context -> {
      assertThat(context).hasBean("mrqMongoHealthIndicator");
      assertThat(context.getBean(HeartbeatStore.class).client()).isNotNull();
    });
  }

  @Test
  void clocksOfTheApplicationAreNotMrqs() {
    Clock fixed = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);
    application
        .withBean("one", Clock.class, () -> fixed)
        .withBean("two", Clock.class, Clock::systemDefaultZone)
        .run(context -> {
          assertThat(context).hasNotFailed();
          assertThat(context.getBean("mrqClock", InstantSource.class).instant())
              .isAfter(Instant.EPOCH);
        });
    application
        .withBean(Clock.class, () -> fixed)
        .run(context -> assertThat(context.getBean(InstantSource.class)).isSameAs(fixed));
    application
        .withBean("mrqClock", Clock.class, () -> fixed)
        .run(context -> assertThat(context).hasNotFailed());
  }

  @Test
  void ofSeveralMappersAndValidatorsPropertiesChoose() {
    ApplicationContextRunner two =
        application
            .withBean("strict", JsonMapper.class, JsonMapper::new)
            .withBean("lenient", JsonMapper.class, JsonMapper::new)
            .withBean("own", Validator.class, GuestBeansTest::validator)
            .withBean("other", Validator.class, GuestBeansTest::validator);
    two.run(context ->
        assertThat(context)
            .getFailure()
            .rootCause()
            .hasMessageContaining("set mrq.tasks.json-mapper to the name"));
    two.withPropertyValues("mrq.tasks.json-mapper=strict", "mrq.tasks.validator=own")
        .run(context -> assertThat(context).hasNotFailed());
  }

  private static Validator validator() {
    return Validation.buildDefaultValidatorFactory().getValidator();
  }

  // WRK-27
  @Test
  void withoutMetersAndHealthItStarts() {
    bare.run(context -> assertThat(context).hasNotFailed().hasSingleBean(Worker.class));
    bare.withClassLoader(
            new FilteredClassLoader("io.micrometer.core", "org.springframework.boot.health"))
        .run(context ->
            assertThat(context)
                .hasNotFailed()
                .hasSingleBean(JobClient.class)
                .hasSingleBean(Worker.class));
  }

  // WRK-23, BUG-50
  @Test
  void indexesAreMadeUnlessSwitchedOff() {
    bare.run(context -> assertThat(context).hasBean("mrqIndexEnsurer"));
    bare.withPropertyValues("mrq.mongo.indexes=none")
        .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean("mrqIndexEnsurer"));
  }

  // WRK-28
  @Test
  void dutiesAndWhatExpiresAreListsThatOthersExtend() {
    AtomicInteger passes = new AtomicInteger();
    MaintenanceDuty own =
        new MaintenanceDuty() {
          @Override
          public String name() {
            return "own";
          }

          @Override
          public Duration pass() {
            passes.incrementAndGet();
            return Duration.ofHours(1);
          }
        };
    bare.withBean("own", MaintenanceDuty.class, () -> own)
        .withBean(ExpiringDocuments.class, () -> (_, _) -> 0)
        .run(context -> {
          assertThat(context).hasSingleBean(Maintenance.class);
          assertThat(context.getBeansOfType(MaintenanceDuty.class)).hasSize(12).containsValue(own);
          assertThat(Thread.getAllStackTraces().keySet())
              .anyMatch(thread -> thread.getName().equals("mrq-own"));
          await().untilAsserted(() -> assertThat(passes).hasValue(1));
        });
  }

  @Test
  void anApplicationWithoutTasksRunsNoWorkerAndSaysSo(CapturedOutput output) {
    bare.run(context -> assertThat(context.getBean(TaskRegistry.class).paths()).isEmpty());
    assertThat(output).contains("no worker runs here").doesNotContain("slots");
  }

  /** What only the API service needs, such as keys and the audit trail, is not among them. */
  @Test
  void aGuestGetsTheseBeansAndNoOthers() {
    List<String> forApplications =
        List.of(
            "mrqJobClient", "mrqJobInspector", "mrqJobActions", "mrqQueueActions", "mrqSchedules");
    List<String> ports =
        List.of(
            "mrqApiKeys",
            "mrqAuditLog",
            "mrqBulkActionStore",
            "mrqBulkMoves",
            "mrqDispatchIndex",
            "mrqJobKeys",
            "mrqJobLogStore",
            "mrqJobMoves",
            "mrqJobQueries",
            "mrqJobRates",
            "mrqJobStore",
            "mrqParkedTasks",
            "mrqQueuePauses",
            "mrqQueueStats",
            "mrqRecoveryStore",
            "mrqScheduleStore",
            "mrqStores",
            "mrqTaskStore",
            "mrqWorkerStore");
    List<String> worker =
        List.of(
            "mrqTaskCatalog",
            "mrqTypedTasks",
            "mrqTaskRegistry",
            "mrqTaskSearch",
            "mrqSettingsOfTasks",
            "mrqTaskPublisher",
            "mrqWorker",
            "mrqWorkerLifecycle",
            "mrqHeartbeatStore",
            "mrqJobLogs",
            "mrqJobLogCapture",
            "mrqResults");
    List<String> maintenance =
        List.of(
            "mrqMaintenance",
            "mrqMaintenanceLifecycle",
            "mrqLostJobs",
            "mrqUnofferedJobs",
            "mrqDueJobs",
            "mrqInterruptedJobs",
            "mrqParkedJobs",
            "mrqUnfinishedJobs",
            "mrqExpiredDocuments",
            "mrqBulkActionRunner",
            "mrqJobLogTrimmer",
            "mrqQueueStatsRecorder",
            "mrqRecurringJobs");
    List<String> wiring =
        List.of(
            "mrqMongoAccess",
            "mrqCronParser",
            "mrqIndexEnsurer",
            "mrqJobDispatcher",
            "mrqJobRateCounter",
            "mrqRatesLifecycle",
            "mrqRedisHealthIndicator",
            "mrqScheduleDeclarer",
            "mrqScheduleEnqueuer",
            "mrqSlotTimes",
            "mrqMongoHealthIndicator");
    bare.run(context ->
        assertThat(context.getBeanDefinitionNames())
            .filteredOn(name -> !name.contains(".") && isMrqs(context.getType(name)))
            .containsExactlyInAnyOrderElementsOf(
                Stream.of(forApplications, ports, worker, maintenance, wiring)
                    .flatMap(List::stream)
                    .toList()));
  }

  private static boolean isMrqs(@Nullable Class<?> type) {
    return type != null && type.getPackageName().startsWith("io.mrq.");
  }
}
