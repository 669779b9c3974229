package io.mrq.autoconfigure.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.autoconfigure.context.LifecycleProperties;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class DrainTimeTest {
  @Test
  void aDrainFitsIntoThePhaseOfTheShutdown(CapturedOutput output) {
    LifecycleProperties lifecycle = new LifecycleProperties();
    assertThat(
            List.of(
                DrainTime.within(lifecycle, Duration.ofSeconds(15)),
                DrainTime.within(lifecycle, Duration.ofSeconds(20)),
                DrainTime.within(lifecycle, Duration.ofDays(999_999))))
        .containsOnly(Duration.ofSeconds(15));
    assertThat(output).contains("is 30 s: set that to 35 s or more");
    lifecycle.setTimeoutPerShutdownPhase(Duration.ofSeconds(35));
    assertThat(DrainTime.within(lifecycle, Duration.ofSeconds(20)))
        .isEqualTo(Duration.ofSeconds(20));
    lifecycle.setTimeoutPerShutdownPhase(Duration.ofSeconds(3));
    assertThat(DrainTime.within(lifecycle, Duration.ofSeconds(20))).isZero();
  }
}
