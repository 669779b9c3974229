package io.mrq.task;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Path → task, for all tasks that this process knows. */
public final class TaskRegistry {
  private final Supplier<Map<String, TaskDefinition>> tasks;

  /**
   * Registers the tasks.
   *
   * @throws IllegalArgumentException when two have the same path
   */
  public TaskRegistry(Collection<TaskDefinition> definitions) {
    Map<String, TaskDefinition> byPath = new LinkedHashMap<>();
    for (TaskDefinition definition : definitions) {
      if (byPath.putIfAbsent(definition.path(), definition) != null) {
        throw new IllegalArgumentException(
            "two tasks have the path '%s'; give one of them another with @MrqTask(\"…\")"
                .formatted(definition.path()));
      }
    }
    this.tasks = () -> byPath;
  }

  /**
   * Tasks that may not all be known yet.
   *
   * @param tasks the tasks by path; asked for each question, so it must answer at once
   */
  public TaskRegistry(Supplier<Map<String, TaskDefinition>> tasks) {
    this.tasks = tasks;
  }

  /** The task of this path, or nothing when this process does not know it. */
  public Optional<TaskDefinition> find(String path) {
    return Optional.ofNullable(tasks.get().get(path));
  }

  /** The settings of this path; MRQ's defaults for an unknown one. */
  public TaskSettings settings(String path) {
    TaskDefinition known = tasks.get().get(path);
    return known == null ? TaskSettings.DEFAULT : known.settings();
  }

  /** All known paths. */
  public Set<String> paths() {
    return Set.copyOf(tasks.get().keySet());
  }
}
