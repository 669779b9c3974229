package io.mrq.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class RetentionTest {
  private static final Instant NOW = Instant.parse("2026-01-05T12:00:00Z");

  // TTL-01, TTL-02, TTL-03, TTL-04
  @ParameterizedTest
  @CsvSource({
    "SUCCESS, 7",
    "ABORT, 1",
    "CANCEL, 1",
    "FAILED, 180",
    "TIMEOUT, 180",
    "MAXRETRIES, 180",
    "MAXCONCURRENCY, 180"
  })
  void documentsAreKeptAsLongAsMrqKeepsThem(JobStatus status, int days) {
    assertThat(Retention.DEFAULT.expiry(status, NOW, null))
        .isEqualTo(NOW.plus(Duration.ofDays(days)));
  }

  @ParameterizedTest
  @EnumSource
  void theJobsOwnWishWinsButOnlyAtItsEnd(JobStatus status) {
    assertThat(Retention.DEFAULT.expiry(status, NOW, Duration.ofMinutes(5)))
        .isEqualTo(status.isFinal() ? NOW.plusSeconds(300) : null);
    if (!status.isFinal()) {
      assertThat(Retention.DEFAULT.expiry(status, NOW, null)).isNull();
    }
  }

  @Test
  void aTimeToLiveMustBePositive() {
    Duration day = Duration.ofDays(1);

    assertThatThrownBy(() -> new Retention(day, Duration.ZERO, day, day))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Retention(day, day, day, Duration.ofSeconds(-1)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
