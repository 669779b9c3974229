package io.mrq.autoconfigure.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.mrq.autoconfigure.MrqProperties;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;

/** Which tasks a worker runs, by its properties. */
class AllowedTasksTest {
  private final ApplicationContextRunner application =
      new ApplicationContextRunner().withUserConfiguration(Bound.class);

  @Configuration(proxyBeanMethods = false)
  @EnableConfigurationProperties(MrqProperties.class)
  static class Bound {}

  private void worker(Consumer<MrqProperties.Worker> check, String... properties) {
    application
        .withPropertyValues(properties)
        .run(context -> check.accept(context.getBean(MrqProperties.class).worker()));
  }

  @Test
  void byDefaultAWorkerRunsAll() {
    worker(worker -> assertThat(worker.mayRun("a.B")).isTrue());
  }

  // QUE-06
  @Test
  void aListOfAllowedTasksLeavesOutAllOthers() {
    worker(
        worker -> {
          assertThat(worker.mayRun("a.B")).isTrue();
          assertThat(worker.mayRun("mails.welcome")).isTrue();
          assertThat(worker.mayRun("a.Bc")).isFalse();
          assertThat(worker.mayRun("c.D")).isFalse();
        },
        "mrq.worker.allow=a.B, mails.*");
  }

  // QUE-07
  @Test
  void aListOfDeniedTasksLeavesTheseOutAndYieldsToAllowedOnes() {
    worker(
        worker -> {
          assertThat(worker.mayRun("a.B")).isFalse();
          assertThat(worker.mayRun("c.D")).isTrue();
        },
        "mrq.worker.deny=a.B");
    worker(
        worker -> assertThat(worker.mayRun("a.B")).isTrue(),
        "mrq.worker.deny=a.B",
        "mrq.worker.allow=a.*");
  }
}
