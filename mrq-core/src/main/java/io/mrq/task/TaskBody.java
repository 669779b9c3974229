package io.mrq.task;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The work of a task in plain values: binds the params, and runs the user's code. */
@FunctionalInterface
public interface TaskBody {
  /**
   * Runs once.
   *
   * @param params as stored
   * @return a plain value (see {@link io.mrq.job.JobValues}); the Spring Boot starter makes one of
   *     anything else. Null stores no result
   * @throws Exception whatever the user's code throws
   */
  @Nullable Object run(Map<String, @Nullable Object> params) throws Exception;
}
