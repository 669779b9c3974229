package io.mrq.task;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * Settings of a task, and who has set each of them.
 *
 * @param settings that hold
 * @param origins of every setting
 */
public record LayeredSettings(TaskSettings settings, Map<TaskSetting, SettingOrigin> origins) {
  /** MRQ's own defaults. */
  public static final LayeredSettings DEFAULT = defaults(TaskSettings.DEFAULT);

  public LayeredSettings {
    Map<TaskSetting, SettingOrigin> all = new EnumMap<>(TaskSetting.class);
    for (TaskSetting setting : TaskSetting.values()) {
      all.put(setting, origins.getOrDefault(setting, SettingOrigin.DEFAULT));
    }
    origins = Collections.unmodifiableMap(all);
  }

  /** Returns settings that nobody has set for a task of its own. */
  public static LayeredSettings defaults(TaskSettings settings) {
    return new LayeredSettings(settings, Map.of());
  }

  /** Returns settings of the code: where they differ from these, the code has set them. */
  public LayeredSettings ofCode(TaskSettings code) {
    Map<TaskSetting, SettingOrigin> changed = new EnumMap<>(origins);
    for (TaskSetting setting : TaskSetting.values()) {
      if (!setting.of(code).equals(setting.of(settings))) {
        changed.put(setting, SettingOrigin.ANNOTATION);
      }
    }
    return new LayeredSettings(code, changed);
  }

  /**
   * Returns these settings with others over them.
   *
   * @param layer values in their plain form, see {@link TaskSetting}
   * @throws IllegalArgumentException naming the setting whose value is wrong
   */
  public LayeredSettings with(SettingOrigin origin, Map<TaskSetting, Object> layer) {
    if (layer.isEmpty()) {
      return this;
    }
    TaskSettings changed = settings;
    Map<TaskSetting, SettingOrigin> from = new EnumMap<>(origins);
    for (Map.Entry<TaskSetting, Object> entry : layer.entrySet()) {
      try {
        changed = entry.getKey().set(changed, entry.getValue());
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(entry.getKey().text() + " " + e.getMessage(), e);
      }
      from.put(entry.getKey(), origin);
    }
    return new LayeredSettings(changed, from);
  }
}
