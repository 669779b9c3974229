package io.mrq.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mrq.job.JobValues;
import io.mrq.job.Retention;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TaskSettingsTest {
  private static final TaskSettings ODD =
      TaskSettings.builder()
          .queue("mails/urgent")
          .timeout(Duration.ofSeconds(90, 1))
          .maxRetries(7)
          .backOff(new BackOff(Duration.ofMillis(250), 1.5, Duration.ofMinutes(10)))
          .retention(
              new Retention(
                  Duration.ofDays(2), Duration.ofHours(3), Duration.ofDays(4), Duration.ofDays(5)))
          .retryOn(IOException.class)
          .threads(TaskThreads.PLATFORM)
          .build();

  @Test
  void badParamsAreNeverRetriedNotEvenWhereEveryExceptionIs() {
    TaskSettings settings = TaskSettings.builder().retryOn(Exception.class).build();

    assertThat(settings.retriesOn(new IOException())).isTrue();
    assertThat(settings.retriesOn(new InvalidParamsException("'a' is wrong"))).isFalse();
  }

  @Test
  void anExceptionAsksForARetryAsItsSuperclassDoes() {
    assertThat(ODD.retriesOn(new FileNotFoundException())).isTrue();
    assertThat(ODD.retriesOn(new IllegalStateException())).isFalse();
    assertThat(TaskSettings.DEFAULT.retriesOn(new IOException())).isFalse();
  }

  @Test
  void settingsAreReadBackAsTheyWereStored() {
    JobValues.check(ODD.toMap(), "settings");

    assertThat(TaskSettings.fromMap(ODD.toMap())).isEqualTo(ODD);
    assertThat(TaskSettings.fromMap(TaskSettings.DEFAULT.toMap())).isEqualTo(TaskSettings.DEFAULT);
  }

  @Test
  void aMissingFieldHasItsDefaultAndAnUnknownOneIsIgnored() {
    Map<String, Object> stored = new LinkedHashMap<>(ODD.toMap());
    stored.remove("timeout");
    stored.put("back_off", Map.of("multiplier", 1.5, "jitter", true));
    stored.put("concurrency", 3);

    assertThat(TaskSettings.fromMap(stored))
        .isEqualTo(
            ODD.toBuilder()
                .timeout(TaskSettings.DEFAULT.timeout())
                .backOff(new BackOff(Duration.ofSeconds(3), 1.5, Duration.ofHours(1)))
                .build());
    assertThat(TaskSettings.fromMap(Map.of())).isEqualTo(TaskSettings.DEFAULT);
  }

  @Test
  void aValueThatCannotBeReadIsNamed() {
    assertThatThrownBy(() -> TaskSettings.fromMap(Map.of("timeout", "soon")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'timeout'")
        .hasMessageContaining("soon");
    assertThatThrownBy(() -> TaskSettings.fromMap(Map.of("back_off", 3)))
        .hasMessageContaining("'back_off'");
    assertThatThrownBy(() -> TaskSettings.fromMap(Map.of("threads", "green")))
        .hasMessageContaining("'threads'");
  }
}
