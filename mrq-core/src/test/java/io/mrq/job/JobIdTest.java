package io.mrq.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class JobIdTest {
  private static final Instant MOMENT = Instant.parse("2026-11-24T09:30:00Z");

  @Test
  void theLeastIdOfAMomentIsOfThatSecond() {
    JobId least = JobId.least(MOMENT);

    assertThat(least.date()).isEqualTo(MOMENT);
    assertThat(least.hex()).endsWith("0000000000000000");
    assertThat(JobId.least(MOMENT.plusMillis(1)).date()).isEqualTo(MOMENT.plusSeconds(1));
  }

  @Test
  void momentsThatNoIdCanHaveAreTheFirstAndTheLast() {
    assertThat(JobId.least(Instant.MIN).hex()).isEqualTo("0".repeat(24));
    assertThat(JobId.least(Instant.MAX).hex()).isEqualTo("ffffffff" + "0".repeat(16));
  }

  @Test
  void anIdTellsWhenItWasMade() {
    assertThat(new JobId("6ab1c2d3e4f5061728394a5b").date().getEpochSecond())
        .isEqualTo(0x6ab1c2d3L);
  }
}
