package io.mrq.task;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Makes a method of a bean a task, or gives a {@link Task} class its settings.
 *
 * <p>The method takes at most one parameter, the job's params: a record, a class that Jackson can
 * bind, or a {@code Map}. Durations are texts such as {@code 30s}, {@code 5m}, {@code 2h}, {@code
 * 1d}, {@code 250ms} or {@code PT30S}; an empty one means the default.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
public @interface MrqTask {
  /**
   * The path that jobs name. Default: the class name, for a method followed by a dot and its name.
   */
  String value() default "";

  /** The queue for jobs that name none. Default: {@code default}. */
  String queue() default "";

  /** The longest time for one run. Default: one hour; {@code 0} is no limit (TMO-01). */
  String timeout() default "";

  /** How many retries before {@code maxretries}. Default: 3 (RTY-06). */
  int maxRetries() default -1;

  /** The wait before the first retry. Default: 3 s (RTY-02). */
  String retryDelay() default "";

  /** By what the wait grows with each further retry. Default: 1, always the same wait. */
  double retryMultiplier() default 1;

  /** The longest wait between retries. Default: one hour. */
  String maxRetryDelay() default "";

  /** Exceptions that ask for a retry instead of failing the job. Default: none, as in MRQ. */
  Class<? extends Throwable>[] retryOn() default {};

  /** How long documents of successful jobs are kept. Default: 7 days. */
  String resultTtl() default "";

  /** What a run gets as its thread. Default: a virtual one. */
  TaskThreads threads() default TaskThreads.VIRTUAL;
}
