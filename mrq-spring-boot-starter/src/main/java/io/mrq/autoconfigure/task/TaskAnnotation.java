package io.mrq.autoconfigure.task;

import io.mrq.job.DurationText;
import io.mrq.task.MrqTask;
import io.mrq.task.TaskSetting;
import io.mrq.task.TaskThreads;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.ConfigurableBeanFactory;

/** Reads {@link MrqTask}, and resolves the placeholders in its texts. */
final class TaskAnnotation {
  private final ConfigurableBeanFactory beans;

  TaskAnnotation(ConfigurableBeanFactory beans) {
    this.beans = beans;
  }

  /** Returns the path that the annotation gives; {@code otherwise} when it gives none. */
  String path(@Nullable MrqTask task, String otherwise) {
    String path = task == null ? "" : resolved(task.value());
    return path.isEmpty() ? otherwise : path;
  }

  /**
   * Returns the settings that the annotation gives.
   *
   * @throws IllegalArgumentException naming the attribute that is wrong
   */
  Map<TaskSetting, Object> settings(@Nullable MrqTask task) {
    Map<TaskSetting, Object> given = new EnumMap<>(TaskSetting.class);
    if (task == null) {
      return given;
    }
    String queue = resolved(task.queue());
    if (!queue.isEmpty()) {
      given.put(TaskSetting.QUEUE, queue);
    }
    duration(given, TaskSetting.TIMEOUT, "timeout", task.timeout());
    if (task.maxRetries() >= 0) {
      given.put(TaskSetting.MAX_RETRIES, task.maxRetries());
    }
    duration(given, TaskSetting.RETRY_DELAY, "retryDelay", task.retryDelay());
    if (task.retryMultiplier() != 0) {
      given.put(TaskSetting.RETRY_MULTIPLIER, task.retryMultiplier());
    }
    duration(given, TaskSetting.MAX_RETRY_DELAY, "maxRetryDelay", task.maxRetryDelay());
    if (task.retryOn().length > 0) {
      given.put(TaskSetting.RETRY_ON, Arrays.stream(task.retryOn()).map(Class::getName).toList());
    }
    duration(given, TaskSetting.RESULT_TTL, "resultTtl", task.resultTtl());
    duration(given, TaskSetting.ABORT_TTL, "abortTtl", task.abortTtl());
    duration(given, TaskSetting.CANCEL_TTL, "cancelTtl", task.cancelTtl());
    duration(given, TaskSetting.DEFAULT_TTL, "defaultTtl", task.defaultTtl());
    if (task.threads() != TaskThreads.VIRTUAL) {
      given.put(TaskSetting.THREADS, task.threads());
    }
    return given;
  }

  /** Returns what the annotation says of the task; empty when it says nothing. */
  String description(@Nullable MrqTask task) {
    return task == null ? "" : resolved(task.description());
  }

  /** Returns the params by which people look for jobs. */
  static List<String> searchKeys(@Nullable MrqTask task) {
    return task == null ? List.of() : List.of(task.searchKeys());
  }

  private void duration(
      Map<TaskSetting, Object> given, TaskSetting setting, String attribute, String text) {
    try {
      String resolved = resolved(text);
      if (!resolved.isEmpty()) {
        given.put(setting, setting.checked(DurationText.parse(resolved)));
      }
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(attribute + " " + e.getMessage(), e);
    }
  }

  private String resolved(String text) {
    return Objects.requireNonNullElse(beans.resolveEmbeddedValue(text), "");
  }
}
