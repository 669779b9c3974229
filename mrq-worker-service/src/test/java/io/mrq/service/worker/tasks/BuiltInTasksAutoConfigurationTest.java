package io.mrq.service.worker.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import io.mrq.task.MrqTask;
import io.mrq.task.Task;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import tools.jackson.databind.json.JsonMapper;

class BuiltInTasksAutoConfigurationTest {
  private final ApplicationContextRunner application =
      new ApplicationContextRunner()
          .withConfiguration(
              AutoConfigurations.of(
                  JacksonAutoConfiguration.class, BuiltInTasksAutoConfiguration.class));

  @Test
  void offersBothTasksUnderThePathsOfTheirAnnotations() {
    application.run(context ->
        assertThat(context.getBeansOfType(Task.class).values())
            .extracting(task -> task.getClass().getAnnotation(MrqTask.class).value())
            .containsExactlyInAnyOrder("mrq.tasks.Echo", "mrq.tasks.Http"));
  }

  @Test
  void refusesPrivateAddressesUnlessAllowed() {
    application.run(context ->
        assertThat(context.getBean(HttpTaskProperties.class).allowPrivateAddresses()).isFalse());
    application
        .withPropertyValues("mrq.tasks.http.allow-private-addresses=true")
        .run(context ->
            assertThat(context.getBean(HttpTaskProperties.class).allowPrivateAddresses()).isTrue());
  }

  @Test
  void startsWhereAnApplicationHasTwoMappers() {
    application
        .withBean("strict", JsonMapper.class, JsonMapper::new)
        .withBean("lenient", JsonMapper.class, JsonMapper::new)
        .run(context -> assertThat(context).hasNotFailed());
  }

  @Test
  void doesNotStartWithLimitsThatAreNone() {
    for (String property :
        new String[] {"max-response-size=11MB", "max-connections=0", "connect-timeout=0s"}) {
      application
          .withPropertyValues("mrq.tasks.http." + property)
          .run(context ->
              assertThat(context.getStartupFailure())
                  .rootCause()
                  .hasMessageStartingWith("mrq.tasks.http." + property.replaceAll("=.*", "")));
    }
  }
}
