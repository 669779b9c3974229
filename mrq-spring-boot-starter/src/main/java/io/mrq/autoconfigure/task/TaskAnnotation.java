package io.mrq.autoconfigure.task;

import io.mrq.job.DurationText;
import io.mrq.job.Retention;
import io.mrq.task.BackOff;
import io.mrq.task.MrqTask;
import io.mrq.task.TaskSettings;
import java.time.Duration;
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
   * Returns the settings that the annotation gives; the defaults without an annotation.
   *
   * @throws IllegalArgumentException naming the attribute that is wrong
   */
  TaskSettings settings(@Nullable MrqTask task) {
    TaskSettings defaults = TaskSettings.DEFAULT;
    if (task == null) {
      return defaults;
    }
    BackOff backOff =
        new BackOff(
            duration("retryDelay", task.retryDelay(), defaults.backOff().initial()),
            task.retryMultiplier(),
            duration("maxRetryDelay", task.maxRetryDelay(), defaults.backOff().max()));
    Retention kept = defaults.retention();
    Duration resultTtl = duration("resultTtl", task.resultTtl(), kept.success());
    if (resultTtl.isZero()) {
      throw new IllegalArgumentException("resultTtl must be more than zero");
    }
    String queue = resolved(task.queue());
    return TaskSettings.builder()
        .queue(queue.isEmpty() ? defaults.queue() : queue)
        .timeout(duration("timeout", task.timeout(), defaults.timeout()))
        .maxRetries(task.maxRetries() < 0 ? defaults.maxRetries() : task.maxRetries())
        .backOff(backOff)
        .retention(new Retention(resultTtl, kept.abort(), kept.cancel(), kept.other()))
        .retryOn(task.retryOn())
        .threads(task.threads())
        .build();
  }

  private Duration duration(String attribute, String text, Duration otherwise) {
    try {
      String resolved = resolved(text);
      Duration duration = resolved.isEmpty() ? otherwise : DurationText.parse(resolved);
      if (duration.isNegative()) {
        throw new IllegalArgumentException("must not be negative, but is '%s'".formatted(text));
      }
      return duration;
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(attribute + " " + e.getMessage(), e);
    }
  }

  private String resolved(String text) {
    return Objects.requireNonNullElse(beans.resolveEmbeddedValue(text), "");
  }
}
