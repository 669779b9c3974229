package io.mrq.task;

import java.util.Locale;

/** Who has set a setting of a task; a later one wins over an earlier one. */
public enum SettingOrigin {
  /** Nobody: it is MRQ's default, or the one of {@code mrq.task-defaults}. */
  DEFAULT,
  /** The code of the task, with {@link MrqTask} or a {@link TaskDefinition}. */
  ANNOTATION,
  /** A property {@code mrq.task-settings}. */
  PROPERTY,
  /** An administrator, while everything runs. */
  OVERRIDE;

  /** Returns the name that people and stores see: {@code default}, {@code annotation} and so on. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Returns the origin of this name; {@link #DEFAULT} for one that a later version may write. */
  public static SettingOrigin ofText(String text) {
    for (SettingOrigin origin : values()) {
      if (origin.text().equals(text)) {
        return origin;
      }
    }
    return DEFAULT;
  }
}
