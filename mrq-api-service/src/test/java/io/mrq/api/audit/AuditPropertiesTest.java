package io.mrq.api.audit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;

/** Values that make no sense are refused at the start, with a sentence that names the property. */
class AuditPropertiesTest {
  private final ApplicationContextRunner application =
      new ApplicationContextRunner().withUserConfiguration(Bound.class);

  @Configuration(proxyBeanMethods = false)
  @EnableConfigurationProperties(AuditProperties.class)
  static class Bound {}

  @ParameterizedTest
  @CsvSource({"0s, must be more than zero", "999999d, at most 36500 days"})
  void aSenselessTimeIsRefusedByName(String value, String sentence) {
    application
        .withPropertyValues("mrq.api.audit.keep=" + value)
        .run(context ->
            assertThat(context)
                .getFailure()
                .rootCause()
                .hasMessageContaining("mrq.api.audit.keep")
                .hasMessageContaining(sentence));
  }

  @Test
  void entriesAreKeptForMoreThanAYearByDefault() {
    application.run(
        context -> assertThat(context.getBean(AuditProperties.class).keep()).hasDays(400));
  }
}
