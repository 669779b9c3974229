package io.mrq.client;

import io.mrq.await.AwaitTimeoutException;
import io.mrq.await.JobNotFoundException;
import io.mrq.await.JobWaits;
import io.mrq.job.Job;
import io.mrq.job.JobId;
import io.mrq.job.JobStatus;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * A stored job whose task is known as Java code, and so the type of its result. {@link JobClient}
 * makes it. Waiting costs what {@link JobClient#await} says, and no read before that. Safe for use
 * by many threads.
 *
 * @param <R> the result of the task
 */
public final class JobHandle<R> {
  private final JobId id;
  private final TaskReference<?, R> task;
  private final Context context;

  /**
   * What all handles of a client share.
   *
   * @param tasks reads results
   * @param waits waits for jobs
   * @param background runs what depends on futures
   */
  record Context(TypedTasks tasks, JobWaits waits, Executor background) {}

  JobHandle(JobId id, TaskReference<?, R> task, Context context) {
    this.id = id;
    this.task = task;
    this.context = context;
  }

  /** Returns the id of the job, by which any process can look at it. */
  public JobId id() {
    return id;
  }

  /**
   * Waits until the job has ended, see {@link JobClient#await}.
   *
   * @param timeout how long at most, more than zero
   * @return the job with its final status, whichever that is
   * @throws JobNotFoundException when the job has ended and was deleted
   * @throws AwaitTimeoutException when it has not ended in time; the job goes on
   * @throws InterruptedException when this thread is interrupted
   */
  public Job await(Duration timeout) throws InterruptedException {
    return context.waits().await(id, timeout);
  }

  /**
   * Waits until the job has ended, and returns what its task returned.
   *
   * @param timeout how long at most, more than zero
   * @return the result; null: the task returned none
   * @throws JobFailedException when the job ended in any other way than with success: it failed,
   *     ran into its timeout, was aborted or cancelled, or had all its retries
   * @throws UnreadableResultException when the result does not fit the type that the task declares
   *     here
   * @throws JobNotFoundException when the job has ended and was deleted
   * @throws AwaitTimeoutException when it has not ended in time; the job goes on
   * @throws InterruptedException when this thread is interrupted
   */
  public @Nullable R result(Duration timeout) throws InterruptedException {
    return resultOf(await(timeout));
  }

  /**
   * Returns a future of the result, for which no thread waits. It fails with the exceptions of
   * {@link #result}, and waits for as long as the job takes: {@code orTimeout} and {@code cancel}
   * end the wait, and do nothing to the job. What depends on the future runs in a thread of its
   * own.
   */
  public CompletableFuture<@Nullable R> future() {
    CompletableFuture<Job> ended = context.waits().ended(id);
    CompletableFuture<@Nullable R> result =
        ended.thenApplyAsync(this::resultOf, context.background());
    result.whenComplete((_, _) -> ended.cancel(false));
    return result;
  }

  private @Nullable R resultOf(Job job) {
    if (job.status() != JobStatus.SUCCESS) {
      throw new JobFailedException(job);
    }
    try {
      // Its type is that of the code which the reference names, and so R.
      @SuppressWarnings("unchecked")
      R result = (R) context.tasks().result(task, job.result());
      return result;
    } catch (IllegalArgumentException e) {
      throw new UnreadableResultException(id, task.toString(), e);
    }
  }

  @Override
  public String toString() {
    return "job %s of %s".formatted(id, task);
  }
}
