package io.mrq.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mrq.job.TimeHorizon;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BackOffTest {
  // RTY-02
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 3, 1000, Integer.MAX_VALUE})
  void theDefaultIsAlwaysThreeSeconds(int retryCount) {
    assertThat(BackOff.DEFAULT.delay(retryCount)).isEqualTo(Duration.ofSeconds(3));
  }

  @ParameterizedTest
  @CsvSource({"0, 1", "1, 2", "2, 4", "5, 32", "6, 60", "7, 60", "2000000000, 60"})
  void theWaitGrowsByTheMultiplierUpToItsMaximum(int retryCount, int seconds) {
    BackOff doubling = new BackOff(Duration.ofSeconds(1), 2, Duration.ofMinutes(1));

    assertThat(doubling.delay(retryCount)).isEqualTo(Duration.ofSeconds(seconds));
  }

  @Test
  void aFractionalMultiplierWorks() {
    BackOff slow = new BackOff(Duration.ofSeconds(10), 1.5, Duration.ofHours(1));

    assertThat(slow.delay(2)).isEqualTo(Duration.ofMillis(22_500));
  }

  @Test
  void noWaitStaysNoWaitHoweverOften() {
    BackOff none = new BackOff(Duration.ZERO, 10, Duration.ofHours(1));

    assertThat(none.delay(0)).isZero();
    assertThat(none.delay(10_000)).isZero();
  }

  @Test
  void theMaximumHoldsForTheFirstWaitToo() {
    assertThat(new BackOff(Duration.ofHours(2), 1, Duration.ofHours(1)).delay(0))
        .isEqualTo(Duration.ofHours(1));
  }

  @Test
  void aCountBelowZeroIsTheFirstWait() {
    assertThat(new BackOff(Duration.ofSeconds(1), 2, Duration.ofHours(1)).delay(-5))
        .isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void waitsBeyondAllMillisecondsAreTheLongestThereIs() {
    Duration forEver = Duration.ofSeconds(Long.MAX_VALUE);

    assertThat(new BackOff(forEver, 2, forEver).delay(3)).isEqualTo(TimeHorizon.LONGEST);
    assertThat(new BackOff(Duration.ofSeconds(1), Double.POSITIVE_INFINITY, forEver).delay(3))
        .isEqualTo(TimeHorizon.LONGEST);
  }

  @Test
  void aWaitOfLessThanAMillisecondIsRoundedUp() {
    assertThat(new BackOff(Duration.ofNanos(1), 1, Duration.ofHours(1)).delay(0))
        .isEqualTo(Duration.ofMillis(1));
  }

  @Test
  void impossibleBackOffsAreRefused() {
    Duration s = Duration.ofSeconds(1);
    Duration negative = Duration.ofSeconds(-1);

    assertThatThrownBy(() -> new BackOff(negative, 1, s))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new BackOff(s, 1, negative))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new BackOff(s, 0.5, s)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new BackOff(s, Double.NaN, s))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
