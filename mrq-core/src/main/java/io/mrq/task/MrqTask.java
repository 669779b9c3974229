package io.mrq.task;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Makes a method of a bean a task, or gives a {@link Task} class its settings:
 *
 * <pre>{@code
 * @MrqTask(value = "billing.invoice", timeout = "2m", retryOn = IOException.class)
 * String invoice(Invoice params) throws IOException { … }
 * }</pre>
 *
 * <p>The method takes at most one parameter, the params of the job: a record, a class that Jackson
 * can bind, or a {@code Map}. What it returns is stored as the result of the job. Texts may hold
 * placeholders such as <code>${billing.limit}</code>. Durations are texts such as {@code 30s},
 * {@code 5m}, {@code 2h}, {@code 1d}, {@code 250ms} or {@code PT30S}; an empty one means the
 * default. A wrong value ends the start of the application with the names of the bean and the
 * attribute.
 *
 * <p>Properties {@code mrq.task-settings} and administrators may change the settings that are given
 * here; {@code mrq.task-defaults} changes the defaults.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
public @interface MrqTask {
  /**
   * The path by which jobs name the task. Default: the name of the class; for a method, followed by
   * a dot and the name of the method. Two tasks of an application must not have the same path.
   */
  String value() default "";

  /** What the task does, in a sentence for people who look at lists of tasks. Default: nothing. */
  String description() default "";

  /**
   * The names of params by which people look for jobs of this task, such as {@code customer}. They
   * are published with the task. Default: none.
   */
  String[] searchKeys() default {};

  /** The queue of jobs that name none. Default: {@code default}. */
  String queue() default "";

  /**
   * The longest time for one run; then it is interrupted, and the job becomes {@code timeout}.
   * Default: one hour; {@code 0}: no limit.
   */
  String timeout() default "";

  /** How many retries a job has before it becomes {@code maxretries}. Default: 3. */
  int maxRetries() default -1;

  /** How long a job waits before its first retry. Default: 3 s. */
  String retryDelay() default "";

  /**
   * By what the wait grows with each further retry, at least 1. Default, or 0: 1, the same wait.
   */
  double retryMultiplier() default 0;

  /** The longest wait before a retry. Default: one hour. */
  String maxRetryDelay() default "";

  /**
   * Exceptions that ask for a retry instead of failing the job, subclasses included. Default: none.
   */
  Class<? extends Throwable>[] retryOn() default {};

  /** How long a successful job is kept after it has ended. Default: 7 days. */
  String resultTtl() default "";

  /** How long a job is kept after its task has aborted it. Default: 1 day. */
  String abortTtl() default "";

  /** How long a job is kept after it was cancelled. Default: 1 day. */
  String cancelTtl() default "";

  /** How long a job is kept after it has ended in any other status. Default: 180 days. */
  String defaultTtl() default "";

  /** The kind of thread that a run gets. Default: a virtual one. */
  TaskThreads threads() default TaskThreads.VIRTUAL;
}
