package io.mrq.task;

/**
 * One task that a worker knows.
 *
 * @param path that jobs name
 * @param settings of every job of it
 * @param body the work
 */
public record TaskDefinition(String path, TaskSettings settings, TaskBody body) {
  public TaskDefinition {
    if (path.isBlank()) {
      throw new IllegalArgumentException("a task needs a path");
    }
  }
}
