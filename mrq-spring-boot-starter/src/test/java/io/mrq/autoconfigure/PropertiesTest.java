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
