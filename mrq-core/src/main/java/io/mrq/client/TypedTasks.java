package io.mrq.client;

import io.mrq.job.InvalidJobException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Translates between Java code that names tasks and what is stored: paths, params and results. The
 * Spring Boot starter has one that reads the annotations and uses the JSON mapper by which tasks
 * get their params. May be used by many threads.
 */
public interface TypedTasks {
  /** Translates nothing: a client that has it takes a {@link JobRequest} only. */
  TypedTasks NONE = new NoTypedTasks();

  /**
   * Returns the path of a task.
   *
   * @throws IllegalArgumentException when the code is no task, or does not tell its path
   */
  String path(TaskReference<?, ?> task);

  /**
   * Returns params as they are stored.
   *
   * @param params what the task takes; null: nothing
   * @throws InvalidJobException when they are no map, and no object that becomes one
   */
  Map<String, @Nullable Object> params(@Nullable Object params);

  /**
   * Returns a result as the code of the task returns it.
   *
   * @param stored the result of a job, a plain value; null: it has none
   * @return an object of the type that the code declares; null for null
   * @throws IllegalArgumentException when it does not fit that type
   */
  @Nullable Object result(TaskReference<?, ?> task, @Nullable Object stored);
}
