package io.mrq.autoconfigure.task;

import io.mrq.task.SharedTasks;
import io.mrq.task.TaskDefinition;
import io.mrq.task.TaskOverride;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The tasks of the application with the settings that hold now: administrators may override them
 * while the application runs.
 */
final class LiveTasks implements Supplier<Map<String, TaskDefinition>> {
  private final Supplier<Map<String, TaskDefinition>> found;
  private final Supplier<@Nullable SharedTasks> shared;

  /** Every job asks for its task, so the bean is looked up once. */
  private volatile @Nullable SharedTasks catalog;

  private volatile @Nullable Overridden last;

  LiveTasks(Supplier<Map<String, TaskDefinition>> found, Supplier<@Nullable SharedTasks> shared) {
    this.found = found;
    this.shared = shared;
  }

  /** What was computed of these two maps. */
  private record Overridden(
      Map<String, TaskDefinition> from,
      Map<String, TaskOverride> by,
      Map<String, TaskDefinition> tasks) {}

  @Override
  public Map<String, TaskDefinition> get() {
    Map<String, TaskDefinition> tasks = found.get();
    SharedTasks overriding = catalog;
    if (overriding == null) {
      overriding = shared.get();
      catalog = overriding;
    }
    Map<String, TaskOverride> overrides = overriding == null ? Map.of() : overriding.overrides();
    if (overrides.isEmpty()) {
      return tasks;
    }
    Overridden known = last;
    if (known == null || known.from != tasks || known.by != overrides) {
      known = new Overridden(tasks, overrides, overridden(tasks, overrides));
      last = known;
    }
    return known.tasks;
  }

  private static Map<String, TaskDefinition> overridden(
      Map<String, TaskDefinition> tasks, Map<String, TaskOverride> overrides) {
    Map<String, TaskDefinition> changed = new LinkedHashMap<>(tasks);
    changed.replaceAll((path, task) -> {
      TaskOverride override = overrides.get(path);
      return override == null
          ? task
          : new TaskDefinition(path, SharedTasks.over(task.settings(), override), task.body());
    });
    return changed;
  }
}
