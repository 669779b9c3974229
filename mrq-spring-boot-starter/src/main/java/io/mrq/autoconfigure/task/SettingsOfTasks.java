package io.mrq.autoconfigure.task;

import io.mrq.task.LayeredSettings;
import io.mrq.task.SettingOrigin;
import io.mrq.task.TaskSetting;
import io.mrq.task.TaskSettings;
import java.util.Map;

/** Puts the settings of a task together: defaults, what the code says, and properties over it. */
final class SettingsOfTasks {
  private final LayeredSettings defaults;
  private final Map<String, TaskProperties> byPath;

  SettingsOfTasks(TaskProperties defaults, Map<String, TaskProperties> byPath) {
    try {
      this.defaults =
          LayeredSettings.defaults(
              LayeredSettings.DEFAULT.with(SettingOrigin.DEFAULT, defaults.layer()).settings());
      byPath.values().forEach(one -> this.defaults.with(SettingOrigin.PROPERTY, one.layer()));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "mrq.task-defaults or mrq.task-settings: " + e.getMessage(), e);
    }
    this.byPath = byPath;
  }

  /** The settings of a task that nobody has set anything for. */
  TaskSettings defaults() {
    return defaults.settings();
  }

  /** The settings that properties give a task. */
  Map<TaskSetting, Object> properties(String path) {
    TaskProperties of = byPath.get(path);
    return of == null ? Map.of() : of.layer();
  }

  /** The settings of a task whose annotation gives these. */
  LayeredSettings annotated(String path, Map<TaskSetting, Object> annotation) {
    return defaults
        .with(SettingOrigin.ANNOTATION, annotation)
        .with(SettingOrigin.PROPERTY, properties(path));
  }

  /** The settings of a task that was defined by hand. */
  LayeredSettings defined(String path, TaskSettings settings) {
    return defaults.ofCode(settings).with(SettingOrigin.PROPERTY, properties(path));
  }
}
