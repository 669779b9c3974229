package io.mrq.task;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The work of a task in plain values: binds the params, runs the user's code, and turns its result
 * back.
 */
@FunctionalInterface
public interface TaskBody {
  /**
   * Runs once.
   *
   * @param params as stored
   * @return a plain value (see {@link io.mrq.job.JobValues}); null stores no result
   * @throws Exception whatever the user's code throws
   */
  @Nullable Object run(Map<String, @Nullable Object> params) throws Exception;
}
