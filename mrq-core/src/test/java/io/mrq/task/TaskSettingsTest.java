package io.mrq.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.mrq.job.Retention;
import io.mrq.queue.QueueName;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class TaskSettingsTest {
  @Test
  void badParamsAreNeverRetriedNotEvenWhereEveryExceptionIs() {
    TaskSettings settings =
        new TaskSettings(
            QueueName.DEFAULT,
            Duration.ofMinutes(1),
            3,
            BackOff.DEFAULT,
            Retention.DEFAULT,
            List.of(Exception.class),
            TaskThreads.VIRTUAL);

    assertThat(settings.retriesOn(new IOException())).isTrue();
    assertThat(settings.retriesOn(new InvalidParamsException("'a' is wrong"))).isFalse();
  }
}
