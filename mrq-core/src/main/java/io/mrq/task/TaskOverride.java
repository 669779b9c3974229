package io.mrq.task;

import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * Settings of a task that an administrator has changed while everything runs. They win over all
 * others.
 *
 * @param path of the task; it need not be known
 * @param settings values in their plain form, see {@link TaskSetting}
 * @param who changed them last
 * @param date when that was
 */
public record TaskOverride(
    String path, Map<TaskSetting, Object> settings, String who, Instant date) {
  public TaskOverride {
    Map<TaskSetting, Object> sorted = new EnumMap<>(TaskSetting.class);
    sorted.putAll(settings);
    settings = Collections.unmodifiableMap(sorted);
  }
}
