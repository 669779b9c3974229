package io.mrq.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RefusalLogTest {
  private static final ErrorReply FULL = new ErrorReply("OOM", "OOM command not allowed");

  private final AtomicLong nanos = new AtomicLong();
  private final RefusalLog refusals = new RefusalLog(nanos::get);

  @Test
  void theFirstOfEachCodeIsSaidAndThenOnceAMinuteHowMany() {
    try (LogLines lines = LogLines.of(RefusalLog.class)) {
      for (int i = 0; i < 50; i++) {
        refusals.refused(FULL);
      }
      refusals.refused(new ErrorReply("NOPERM", "NOPERM no permissions"));
      assertThat(lines.texts())
          .satisfiesExactly(
              line -> assertThat(line).startsWith("Redis refused a command: OOM command"),
              line -> assertThat(line).startsWith("Redis refused a command: NOPERM"));

      nanos.addAndGet(Duration.ofMinutes(1).toNanos());
      refusals.refused(FULL);
      refusals.refused(FULL);
      assertThat(lines.texts())
          .element(2)
          .isEqualTo("Redis refused 50 more commands: OOM command not allowed");
      assertThat(lines.texts()).hasSize(3);
    }
  }
}
