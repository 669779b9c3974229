package io.mrq.task;

import org.jspecify.annotations.Nullable;

/**
 * Advice around every task of a worker. Beans of this type are called in their order, the first one
 * outermost, in every attempt of every job; a job whose task is not known, or that cannot start,
 * does not come here.
 */
@FunctionalInterface
public interface TaskInterceptor {
  /**
   * Runs instead of the task, and calls {@code next} to go on.
   *
   * @param context of the running job
   * @param next the next interceptor, or the task
   * @return the result of the job, usually what {@code next} returned; null: none
   * @throws Exception ends the attempt as if the task had thrown it
   */
  @Nullable Object around(JobContext context, Next next) throws Exception;

  /** The rest of the chain. */
  @FunctionalInterface
  interface Next {
    /**
     * Calls the next interceptor, or the task.
     *
     * @return what it returned
     * @throws Exception what it threw
     */
    @Nullable Object proceed() throws Exception;
  }
}
