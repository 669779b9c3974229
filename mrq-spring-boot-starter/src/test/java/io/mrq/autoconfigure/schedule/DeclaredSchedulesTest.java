package io.mrq.autoconfigure.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mrq.autoconfigure.MrqClientAutoConfiguration;
import io.mrq.autoconfigure.MrqStoresAutoConfiguration;
import io.mrq.dispatch.DispatchIndex;
import io.mrq.port.StorePorts;
import io.mrq.schedule.Misfire;
import io.mrq.schedule.MrqSchedule;
import io.mrq.schedule.Overlap;
import io.mrq.schedule.Recurrence.Cron;
import io.mrq.schedule.Recurrence.DailyAt;
import io.mrq.schedule.Recurrence.Every;
import io.mrq.schedule.Schedule;
import io.mrq.schedule.ScheduleDefinition;
import io.mrq.schedule.Schedules;
import io.mrq.task.MrqTask;
import io.mrq.test.memory.InMemoryStore;
import io.mrq.test.memory.dispatch.InMemoryDispatchIndex;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.validation.autoconfigure.ValidationAutoConfiguration;
import org.springframework.context.support.GenericApplicationContext;

/** Schedules that an application declares by annotations and properties when it starts. */
class DeclaredSchedulesTest {
  private final InMemoryStore store = new InMemoryStore();

  private ApplicationContextRunner application() {
    return new ApplicationContextRunner()
        .withConfiguration(
            AutoConfigurations.of(
                JacksonAutoConfiguration.class,
                ValidationAutoConfiguration.class,
                MrqStoresAutoConfiguration.class,
                MrqClientAutoConfiguration.class))
        .withInitializer(context -> registerPorts((GenericApplicationContext) context))
        .withBean(DispatchIndex.class, InMemoryDispatchIndex::new)
        .withPropertyValues("spring.application.name=shop");
  }

  private void registerPorts(GenericApplicationContext context) {
    for (Method port : StorePorts.class.getMethods()) {
      register(context, port.getReturnType(), port);
    }
  }

  private <T> void register(GenericApplicationContext context, Class<T> type, Method port) {
    context.registerBean(
        type,
        () -> {
          try {
            return type.cast(port.invoke(store));
          } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException(e);
          }
        });
  }

  static class Reports {
    @MrqTask(value = "reports.nightly", queue = "reports")
    @MrqSchedule(
        cron = "${reports.cron}",
        zone = "Europe/Berlin",
        misfire = Misfire.ALL,
        window = "36h",
        overlap = Overlap.WAIT,
        params = "{\"full\": true, \"days\": 7}")
    @MrqSchedule(name = "reports.hourly", every = "1h", priority = 3)
    public void nightly() {}
  }

  private Schedule declared(String name) {
    await().atMost(Duration.ofSeconds(60)).until(() -> store.schedules().find(name).isPresent());
    return store.schedules().find(name).orElseThrow();
  }

  // SCH-01, SCH-02
  @Test
  void annotationsBesideATaskAreDeclared() {
    application()
        .withBean(Reports.class)
        .withPropertyValues("reports.cron=0 3 * * MON-FRI")
        .run(context -> {
          assertThat(context).hasNotFailed();
          ScheduleDefinition nightly = declared("reports.nightly").definition();
          assertThat(nightly.path()).isEqualTo("reports.nightly");
          assertThat(nightly.recurrence()).isEqualTo(new Cron("0 3 * * MON-FRI"));
          assertThat(nightly.zone()).isEqualTo(ZoneId.of("Europe/Berlin"));
          assertThat(nightly.misfire()).isEqualTo(Misfire.ALL);
          assertThat(nightly.window()).isEqualTo(Duration.ofHours(36));
          assertThat(nightly.overlap()).isEqualTo(Overlap.WAIT);
          assertThat(nightly.params()).isEqualTo(Map.of("full", true, "days", 7));
          Schedule hourly = declared("reports.hourly");
          assertThat(hourly.definition().recurrence()).isEqualTo(new Every(Duration.ofHours(1)));
          assertThat(hourly.definition().path()).isEqualTo("reports.nightly");
          assertThat(hourly.owner()).isEqualTo("shop");
        });
  }

  // SCH-01, SCH-16
  @Test
  void propertiesAreDeclared() {
    application()
        .withPropertyValues(
            "mrq.schedules.clean.path=tasks.Clean",
            "mrq.schedules.clean.daily-at=03:30",
            "mrq.schedules.clean.params.days=30",
            "mrq.schedules[mails.hourly].path=mails.Send",
            "mrq.schedules[mails.hourly].every=1h",
            "mrq.scheduler.owner=the-shop")
        .run(context -> {
          assertThat(context).hasNotFailed();
          assertThat(declared("clean").definition().recurrence())
              .isEqualTo(new DailyAt(LocalTime.of(3, 30)));
          assertThat(declared("clean").definition().params()).containsOnlyKeys("days");
          assertThat(declared("mails.hourly").owner()).isEqualTo("the-shop");
        });
  }

  // SCH-03, WRK-22
  @Test
  void aWrongScheduleEndsTheStartWithItsName() {
    application()
        .withPropertyValues("mrq.schedules.clean.path=tasks.Clean", "mrq.schedules.clean.weekday=0")
        .run(context ->
            assertThat(context.getStartupFailure())
                .rootCause()
                .hasMessageContaining("'at' is required"));
    application()
        .withBean(Reports.class)
        .withPropertyValues("reports.cron=now and then")
        .run(context ->
            assertThat(context.getStartupFailure())
                .hasStackTraceContaining("@MrqSchedule on")
                .hasStackTraceContaining("must be a cron expression"));
    application()
        .withBean(Reports.class)
        .withPropertyValues(
            "reports.cron=0 3 * * *",
            "mrq.schedules[reports.hourly].path=tasks.Clean",
            "mrq.schedules[reports.hourly].every=1h")
        .run(context ->
            assertThat(context.getStartupFailure())
                .hasStackTraceContaining("another schedule of this application"));
    assertThat(store.schedules().list(null, 10)).isEmpty();
  }

  // SCH-04, SCH-05, SCH-06, BUG-47
  @Test
  void anApplicationChangesOnlyItsOwn() {
    application()
        .run(context -> {
          Schedules schedules = context.getBean(Schedules.class);
          define(schedules, "of-the-api", Schedules.API);
          define(schedules, "of-others", "others");
          define(schedules, "old", "shop");
          define(schedules, "kept", "shop");
        });
    Schedule kept = store.schedules().find("kept").orElseThrow();

    application()
        .withPropertyValues(
            "mrq.schedules.kept.path=tasks.Clean",
            "mrq.schedules.kept.every=1h",
            "mrq.schedules.of-others.path=tasks.Other",
            "mrq.schedules.of-others.every=2h",
            "mrq.schedules.new.path=tasks.Clean",
            "mrq.schedules.new.every=1h")
        .run(_ ->
            await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> store.schedules().find("old").isEmpty()));

    assertThat(store.schedules().list(null, 10))
        .extracting(Schedule::name)
        .containsExactly("kept", "new", "of-others", "of-the-api");
    assertThat(store.schedules().find("kept")).contains(kept);
    assertThat(store.schedules().find("of-others").orElseThrow().definition().path())
        .isEqualTo("tasks.Clean");
  }

  private static void define(Schedules schedules, String name, String owner) {
    schedules.define(
        ScheduleDefinition.builder(name, "tasks.Clean", new Every(Duration.ofHours(1))).build(),
        owner);
  }
}
