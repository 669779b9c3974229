package io.mrq.task;

import io.mrq.job.Job;
import io.mrq.job.Retention;
import io.mrq.queue.QueueName;
import java.time.Duration;
import java.util.List;

/**
 * What a task asks of its worker; a job's own fields win over it.
 *
 * @param queue for jobs that name none
 * @param timeout of one run, default one hour; zero: none
 * @param maxRetries default 3
 * @param backOff how long retries wait
 * @param retention how long documents are kept
 * @param retryOn exceptions that ask for a retry; empty: every exception fails the job. {@link
 *     InvalidParamsException} fails it always
 * @param threads what a run gets as its thread
 */
public record TaskSettings(
    String queue,
    Duration timeout,
    int maxRetries,
    BackOff backOff,
    Retention retention,
    List<Class<? extends Throwable>> retryOn,
    TaskThreads threads) {
  /** MRQ's defaults. */
  public static final TaskSettings DEFAULT =
      new TaskSettings(
          QueueName.DEFAULT,
          Duration.ofHours(1),
          3,
          BackOff.DEFAULT,
          Retention.DEFAULT,
          List.of(),
          TaskThreads.VIRTUAL);

  public TaskSettings {
    QueueName.checked(queue);
    if (timeout.isNegative() || maxRetries < 0) {
      throw new IllegalArgumentException(
          "timeout and maxRetries must not be negative, but are %s and %d"
              .formatted(timeout, maxRetries));
    }
    retryOn = List.copyOf(retryOn);
  }

  /** The limit for one run of this job; zero: none. */
  public Duration timeoutOf(Job job) {
    return job.timeout() == null ? timeout : job.timeout();
  }

  /** The limit of retries of this job. */
  public int maxRetriesOf(Job job) {
    return job.maxRetries() == null ? maxRetries : job.maxRetries();
  }

  /**
   * Whether this exception asks for a retry. Params that do not fit the task never do: they would
   * not fit the next time either.
   */
  public boolean retriesOn(Throwable thrown) {
    return !(thrown instanceof InvalidParamsException)
        && retryOn.stream().anyMatch(type -> type.isInstance(thrown));
  }
}
