package io.mrq.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;

/** Values that make no sense are refused at the start, with a sentence that names the property. */
class PropertiesTest {
  private final ApplicationContextRunner application =
      new ApplicationContextRunner().withUserConfiguration(Bound.class);

  @Configuration(proxyBeanMethods = false)
  @EnableConfigurationProperties(MrqProperties.class)
  static class Bound {}

  @ParameterizedTest
  @CsvSource({
    "mrq.worker.drain, -1s, must be zero or more",
    "mrq.worker.slots, 0, must be at least 1",
    "mrq.worker.periods.audit, 0s, 'must be from 1s to 60s, such as 5s, but is PT0S'",
    "mrq.worker.periods.audit, 999ms, from 1s to 60s",
    "mrq.worker.periods.audit, 61s, from 1s to 60s",
    "mrq.worker.periods.pauses, 0s, from 500ms to 60s",
    "mrq.worker.periods.pauses, 2h, from 500ms to 60s",
    "mrq.worker.periods.progress, -1s, 'must be from 100ms to 60s, such as 1s, but is PT-1S'",
    "mrq.worker.periods.progress, 1ms, 'from 100ms to 60s, such as 1s, but is PT0.001S'",
    "mrq.worker.periods.stacks, 1s, from 5s to 3600s",
    "mrq.worker.periods.stacks, PT2562047788015215H, from 5s to 3600s",
    "mrq.worker.logs.max-line, 3GB, less than 2GB",
    "mrq.worker.logs.max-run, 0B, must be more than zero"
  })
  void aSenselessValueIsRefusedByName(String name, String value, String sentence) {
    application
        .withPropertyValues(name + "=" + value)
        .run(context ->
            assertThat(context)
                .getFailure()
                .rootCause()
                .hasMessageContaining(name)
                .hasMessageContaining(sentence));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0s", "1ms", "999999d", "PT2562047788015215H"})
  void anyDrainFromZeroOnIsTaken(String drain) {
    application
        .withPropertyValues("mrq.worker.drain=" + drain)
        .run(context -> assertThat(context).hasNotFailed());
  }

  @Test
  void theDefaultsMakeSense() {
    application.run(context -> assertThat(context).hasNotFailed());
  }
}
