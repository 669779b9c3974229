package io.mrq.task;

import org.jspecify.annotations.Nullable;

/**
 * A task as a class: a bean of a subclass runs the jobs whose path is the name of the class, or the
 * path that {@link MrqTask} on the class gives.
 *
 * <p>A team that wants the same validation, retry rules or clean-up for all its tasks puts a base
 * class of its own between this one and its tasks, and overrides {@link #runWrapped} there. A
 * {@link TaskInterceptor} does so for every task of an application.
 *
 * <p>A job may run more than once: its worker may die after the work is done and before that is
 * stored. Write tasks that can be run again. The id of the job never changes, see {@link
 * JobContext#job()}.
 *
 * @param <P> the params: a record, a class that Jackson can bind, or a {@code Map}
 * @param <R> the result: plain values, anything that Jackson turns into them, or a future of these;
 *     {@link Void} for none
 */
public abstract class Task<P extends @Nullable Object, R> {
  /**
   * Does the work.
   *
   * @param params the params of the job, bound and validated
   * @return the result of the job; null: it has none
   * @throws Exception makes the job {@code failed}, unless the task retries on that type
   */
  public abstract @Nullable R run(P params) throws Exception;

  /**
   * Calls {@link #run}. The worker calls this method, once in each attempt; override it to do
   * something around {@link #run}. What it returns is the result of the job.
   *
   * @throws Exception as {@link #run} does
   */
  public @Nullable R runWrapped(P params) throws Exception {
    return run(params);
  }
}
