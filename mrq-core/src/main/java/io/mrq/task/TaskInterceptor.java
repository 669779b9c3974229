package io.mrq.task;

import org.jspecify.annotations.Nullable;

/**
 * Advice around every task of a worker: beans of this type are called in their order, the first one
 * outermost, for every attempt of every job.
 */
@FunctionalInterface
public interface TaskInterceptor {
  /**
   * Called instead of the task; calls {@code next} to go on.
   *
   * @param context the running job
   * @param next the next interceptor, or the task
   * @return the job's result, usually that of {@code next}
   * @throws Exception ends the attempt as if the task had thrown it
   */
  @Nullable Object around(JobContext context, Next next) throws Exception;

  /** The rest of the chain. */
  @FunctionalInterface
  interface Next {
    /** Runs it. */
    @Nullable Object proceed() throws Exception;
  }
}
