package io.mrq.api.problem;

import static org.assertj.core.api.Assertions.assertThat;

import io.mrq.test.MutableClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A store that is away fills no disk with log lines. */
class OutageLogTest {
  @Test
  void oneLineInTenSeconds() {
    MutableClock clock = MutableClock.create();
    OutageLog log = new OutageLog(clock);

    assertThat(log.note("away")).isTrue();
    assertThat(log.note("away")).isFalse();
    clock.advance(Duration.ofMillis(9_999));
    assertThat(log.note("away")).isFalse();
    clock.advance(Duration.ofMillis(1));
    assertThat(log.note("away")).isTrue();
    assertThat(log.note("away")).isFalse();
  }
}
