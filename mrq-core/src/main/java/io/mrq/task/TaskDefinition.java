package io.mrq.task;

/**
 * A task that a worker can run. An application may declare one as a bean instead of annotating a
 * method.
 *
 * @param path by which jobs name the task; not blank
 * @param settings how its jobs are run and kept
 * @param body the code
 */
public record TaskDefinition(String path, TaskSettings settings, TaskBody body) {
  public TaskDefinition {
    if (path.isBlank()) {
      throw new IllegalArgumentException("a task needs a path");
    }
  }
}
