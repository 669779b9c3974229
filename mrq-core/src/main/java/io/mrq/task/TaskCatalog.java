package io.mrq.task;

import java.util.Optional;

/**
 * Knows the settings of tasks by their paths, and nothing of their code. Everything that must know
 * how the jobs of a task are treated asks a catalogue: enqueueing, actions on jobs, maintenance.
 * Only a worker needs the code as well, which is in its {@link TaskRegistry}.
 *
 * <p>Implementations answer at once and from memory: they are asked for every job. They may be used
 * by many threads.
 */
@FunctionalInterface
public interface TaskCatalog {
  /** A catalogue that knows no task. */
  TaskCatalog EMPTY = _ -> Optional.empty();

  /** Returns the settings of this task, or nothing when the catalogue does not know the task. */
  Optional<TaskSettings> find(String path);

  /** Returns the settings of this task; {@link TaskSettings#DEFAULT} for an unknown one. */
  default TaskSettings settings(String path) {
    return find(path).orElse(TaskSettings.DEFAULT);
  }
}
