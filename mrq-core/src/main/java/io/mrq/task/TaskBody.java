package io.mrq.task;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The code of a task, from plain values to plain values. The Spring Boot starter makes one of each
 * method and each {@link Task}: it binds the params and calls the code.
 */
@FunctionalInterface
public interface TaskBody {
  /**
   * Runs the task once.
   *
   * @param params the params of the job as they are stored
   * @return the result, a plain value (see {@link io.mrq.job.JobValues}); the Spring Boot starter
   *     makes one of anything else; null: the job has no result
   * @throws Exception what the code of the task throws
   */
  @Nullable Object run(Map<String, @Nullable Object> params) throws Exception;
}
