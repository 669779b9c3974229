package io.mrq.task;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * The tasks that this process can run, by their paths. What only needs the settings of tasks asks
 * the {@link #catalog()}.
 */
public final class TaskRegistry {
  private final Supplier<Map<String, TaskDefinition>> tasks;
  private final Predicate<String> passes;

  /**
   * Makes a registry of these tasks.
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
    this.passes = _ -> true;
  }

  /**
   * Makes a registry of tasks that may not all be known yet.
   *
   * @param tasks the tasks by path; asked at every call, so it must answer at once
   */
  public TaskRegistry(Supplier<Map<String, TaskDefinition>> tasks) {
    this(tasks, _ -> true);
  }

  private TaskRegistry(Supplier<Map<String, TaskDefinition>> tasks, Predicate<String> passes) {
    this.tasks = tasks;
    this.passes = passes;
  }

  /** Returns the task of this path, or nothing when this process does not know it. */
  public Optional<TaskDefinition> find(String path) {
    TaskDefinition task = tasks.get().get(path);
    return task != null && passes.test(path) ? Optional.of(task) : Optional.empty();
  }

  /** Returns the settings of the tasks in this registry, as it knows them when it is asked. */
  public TaskCatalog catalog() {
    return path -> find(path).map(TaskDefinition::settings);
  }

  /** Returns a registry of those tasks of this one whose paths pass, now and later. */
  public TaskRegistry only(Predicate<String> passes) {
    return new TaskRegistry(tasks, passes.and(this.passes));
  }

  /** Returns the paths of all tasks. */
  public Set<String> paths() {
    return tasks.get().keySet().stream().filter(passes).collect(Collectors.toUnmodifiableSet());
  }
}
