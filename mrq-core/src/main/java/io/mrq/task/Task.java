package io.mrq.task;

import org.jspecify.annotations.Nullable;

/**
 * A task as a class: a bean of a subclass runs the jobs whose path is the class name, or the one
 * given by {@link MrqTask} on the class (CTX-08).
 *
 * <p>Teams put a base class of their own between this one and their tasks, and override {@link
 * #runWrapped} there: validation, retry rules, clean-up for every task at once (SEED-30 … SEED-34).
 *
 * <p>A job may run more than once, when a worker dies or is stopped: write tasks that can be run
 * again. The job's id never changes, see {@link JobContext#job()}.
 *
 * @param <P> the parameters: a record, a class that Jackson can bind, or a {@code Map}
 * @param <R> the result: plain values, anything that Jackson turns into them, or a future of such;
 *     {@link Void} for none
 */
public abstract class Task<P extends @Nullable Object, R> {
  /**
   * Does the work.
   *
   * @param params bound and validated
   * @return stored as {@code result}; null stores none
   * @throws Exception any: the job becomes {@code failed}, unless the task retries on that type
   */
  public abstract @Nullable R run(P params) throws Exception;

  /**
   * What the worker calls, once an attempt. Override it to put advice around {@link #run}; its
   * return value is the job's result (SEED-33).
   */
  public @Nullable R runWrapped(P params) throws Exception {
    return run(params);
  }
}
