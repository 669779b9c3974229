package io.mrq.service.worker.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterTest {
  private static final Instant NOW = Instant.parse("2026-11-24T10:00:00Z");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "120 | PT2M",
        "1 | PT1S",
        "Tue, 24 Nov 2026 10:05:00 GMT | PT5M",
        "Tuesday, 24-Nov-26 10:05:00 GMT | PT5M",
      })
  void isSecondsOrADate(String header, Duration wait) {
    assertThat(RetryAfter.parse(header, NOW, Duration.ofHours(24))).isEqualTo(wait);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0 | PT1S",
        "7200 | PT2H",
        "86401 | PT24H",
        "99999999999999999999 | PT24H",
        "Tue, 24 Nov 2026 09:00:00 GMT | PT1S",
        "Wed, 25 Nov 2026 09:59:00 GMT | PT23H59M",
        "Wed, 25 Nov 2026 10:00:01 GMT | PT24H",
      })
  void isHonouredBetweenOneSecondAndTheLongestWait(String header, Duration wait) {
    assertThat(RetryAfter.parse(header, NOW, Duration.ofHours(24))).isEqualTo(wait);
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"", "soon", "-5", "1.5"})
  void isNothingWhenAbsentOrNotUnderstood(String header) {
    assertThat(RetryAfter.parse(header, NOW, Duration.ofHours(24))).isNull();
  }
}
