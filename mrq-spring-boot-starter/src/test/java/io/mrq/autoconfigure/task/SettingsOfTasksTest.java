package io.mrq.autoconfigure.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mrq.task.LayeredSettings;
import io.mrq.task.SettingOrigin;
import io.mrq.task.TaskSetting;
import io.mrq.task.TaskSettings;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SettingsOfTasksTest {
  static final SettingsOfTasks NONE = new SettingsOfTasks(TaskProperties.NONE, Map.of());

  private static TaskProperties properties(
      @Nullable String queue, @Nullable Duration timeout, @Nullable Duration cancelTtl) {
    return new TaskProperties(
        queue, timeout, null, null, null, null, null, null, null, cancelTtl, null, null);
  }

  // TMO-01, CFG-08
  @Test
  void defaultsAreForEveryTaskAndTheCodeWinsOverThem() {
    SettingsOfTasks settings =
        new SettingsOfTasks(properties(null, Duration.ofMinutes(2), null), Map.of());

    LayeredSettings plain = settings.annotated("a", Map.of());
    LayeredSettings own = settings.annotated("a", Map.of(TaskSetting.TIMEOUT, "5m"));

    assertThat(settings.defaults().timeout()).isEqualTo(Duration.ofMinutes(2));
    assertThat(plain.settings().timeout()).isEqualTo(Duration.ofMinutes(2));
    assertThat(plain.origins()).containsEntry(TaskSetting.TIMEOUT, SettingOrigin.DEFAULT);
    assertThat(own.settings().timeout()).isEqualTo(Duration.ofMinutes(5));
    assertThat(own.origins()).containsEntry(TaskSetting.TIMEOUT, SettingOrigin.ANNOTATION);
  }

  // TTL-03, CFG-08
  @Test
  void aPropertyOfATaskWinsOverItsCode() {
    SettingsOfTasks settings =
        new SettingsOfTasks(
            TaskProperties.NONE, Map.of("a.B", properties("slow", null, Duration.ofDays(3))));

    LayeredSettings layers =
        settings.annotated("a.B", Map.of(TaskSetting.QUEUE, "fast", TaskSetting.MAX_RETRIES, 1));

    assertThat(layers.settings().queue()).isEqualTo("slow");
    assertThat(layers.settings().retention().cancel()).isEqualTo(Duration.ofDays(3));
    assertThat(layers.settings().maxRetries()).isEqualTo(1);
    assertThat(layers.origins())
        .containsEntry(TaskSetting.QUEUE, SettingOrigin.PROPERTY)
        .containsEntry(TaskSetting.MAX_RETRIES, SettingOrigin.ANNOTATION);
    assertThat(settings.properties("other")).isEmpty();
  }

  @Test
  void whatATaskDefinedByHandSaysIsOfTheCodeWhereItDiffers() {
    LayeredSettings layers = NONE.defined("a", TaskSettings.builder().queue("mails").build());

    assertThat(layers.origins())
        .containsEntry(TaskSetting.QUEUE, SettingOrigin.ANNOTATION)
        .containsEntry(TaskSetting.TIMEOUT, SettingOrigin.DEFAULT);
  }

  @Test
  void aWrongPropertyIsNamed() {
    assertThatThrownBy(() ->
            new SettingsOfTasks(
                TaskProperties.NONE, Map.of("a", properties("no blanks", null, null))))
        .hasMessageContaining("mrq.task-settings")
        .hasMessageContaining("queue must be 1 to 100 characters");
  }
}
