package io.mrq.client;

import java.time.Duration;
import java.time.Instant;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Asks for a job of a task that is named by its Java code, see {@link TaskReference#with}. A
 * request never changes, each method returns a new one. What it says is checked when it is
 * enqueued, as for a {@link JobRequest}.
 *
 * @param <R> the result of the task
 */
public final class TaskRequest<R> {
  private final TaskReference<?, R> task;
  private final @Nullable Object params;
  private final UnaryOperator<JobRequest> options;

  TaskRequest(TaskReference<?, R> task, @Nullable Object params) {
    this(task, params, request -> request);
  }

  private TaskRequest(
      TaskReference<?, R> task, @Nullable Object params, UnaryOperator<JobRequest> options) {
    this.task = task;
    this.params = params;
    this.options = options;
  }

  /** Returns this request for a job on this queue; null: the queue of its task. */
  public TaskRequest<R> queue(@Nullable String name) {
    return and(request -> request.queue(name));
  }

  /** Returns this request with this priority, −1000 … 1000, higher ones run first; null: 0. */
  public TaskRequest<R> priority(@Nullable Integer value) {
    return and(request -> request.priority(value));
  }

  /** Returns this request for a job that runs this long from now at the earliest; null: at once. */
  public TaskRequest<R> delay(@Nullable Duration wait) {
    return and(request -> request.delay(wait));
  }

  /** Returns this request for a job that runs at this time at the earliest; null: at once. */
  public TaskRequest<R> runAt(@Nullable Instant date) {
    return and(request -> request.runAt(date));
  }

  /** Returns this request with this limit for one run; zero: no limit; null: the task's limit. */
  public TaskRequest<R> timeout(@Nullable Duration limit) {
    return and(request -> request.timeout(limit));
  }

  /** Returns this request with this limit of retries; null: the task's limit. */
  public TaskRequest<R> maxRetries(@Nullable Integer limit) {
    return and(request -> request.maxRetries(limit));
  }

  /**
   * Returns this request for a job that is kept this long after it has ended; null: as its task and
   * its status say. Somebody who waits for the job has to come within that time.
   */
  public TaskRequest<R> ttl(@Nullable Duration time) {
    return and(request -> request.ttl(time));
  }

  TaskReference<?, R> task() {
    return task;
  }

  /** The request as {@link JobClient} takes it from anybody. */
  JobRequest untyped(TypedTasks tasks) {
    return options.apply(JobRequest.of(tasks.path(task)).params(tasks.params(params)));
  }

  private TaskRequest<R> and(UnaryOperator<JobRequest> option) {
    return new TaskRequest<>(task, params, request -> option.apply(options.apply(request)));
  }
}
