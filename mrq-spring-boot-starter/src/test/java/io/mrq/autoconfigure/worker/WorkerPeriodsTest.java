package io.mrq.autoconfigure.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.mrq.autoconfigure.MrqProperties;
import io.mrq.engine.worker.WorkerPeriod;
import io.mrq.engine.worker.WorkerPeriods;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.context.LifecycleProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Configuration;

/** The periods of the worker come from its properties. */
class WorkerPeriodsTest {
  private final ApplicationContextRunner application =
      new ApplicationContextRunner().withUserConfiguration(Bound.class);

  @Configuration(proxyBeanMethods = false)
  @EnableConfigurationProperties(MrqProperties.class)
  static class Bound {}

  private static WorkerPeriods periods(ApplicationContext context) {
    return WorkerConfiguration.options(
            context.getBean(MrqProperties.class).worker(), new LifecycleProperties(), () -> "")
        .periods();
  }

  @Test
  void thePeriodsOfTheWorkerHaveTheDefaultsOfTheEngine() {
    application.run(context ->
        assertThat(WorkerPeriod.values())
            .allSatisfy(period ->
                assertThat(periods(context).of(period))
                    .as("%s", period)
                    .isEqualTo(period.usual())));
  }

  @Test
  void thePeriodsOfTheWorkerCanBeChosen() {
    application
        .withPropertyValues(
            "mrq.worker.periods.audit=1s",
            "mrq.worker.periods.pauses=500ms",
            "mrq.worker.periods.progress=100ms",
            "mrq.worker.periods.stacks=1h")
        .run(context -> {
          assertThat(periods(context).of(WorkerPeriod.AUDIT)).hasSeconds(1);
          assertThat(periods(context).of(WorkerPeriod.PAUSES)).hasMillis(500);
          assertThat(periods(context).of(WorkerPeriod.PROGRESS)).hasMillis(100);
          assertThat(periods(context).of(WorkerPeriod.STACKS)).hasHours(1);
        });
  }
}
