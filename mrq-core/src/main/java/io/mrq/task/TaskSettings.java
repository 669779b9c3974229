package io.mrq.task;

import io.mrq.job.Job;
import io.mrq.job.Retention;
import io.mrq.queue.QueueName;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How the jobs of a task are run and kept. The fields of a job win over the settings of its task.
 *
 * <p>Settings are plain values without any code of the task, so a process that does not have the
 * task can know them too, see {@link TaskCatalog} and {@link #toMap()}.
 *
 * @param queue the queue of jobs that name none
 * @param timeout the longest time for one run; zero: no limit
 * @param maxRetries how many retries a job has before it becomes {@code maxretries}; zero or more
 * @param backOff how long a job waits before a retry
 * @param retention how long a job is kept after it has ended
 * @param retryOn names of exception classes: an exception of one of these, or of a subclass, asks
 *     for a retry instead of failing the job
 * @param threads the kind of thread that a run gets
 */
public record TaskSettings(
    String queue,
    Duration timeout,
    int maxRetries,
    BackOff backOff,
    Retention retention,
    List<String> retryOn,
    TaskThreads threads) {
  /**
   * The settings of a task that says nothing: queue {@code default}, a timeout of one hour, three
   * retries after 3 s each, no exception that asks for a retry, virtual threads.
   */
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

  /** Returns a builder that starts from {@link #DEFAULT}. */
  public static Builder builder() {
    return DEFAULT.toBuilder();
  }

  /** Returns a builder that starts from these settings. */
  public Builder toBuilder() {
    return new Builder(this);
  }

  /**
   * Reads what {@link #toMap()} wrote, in this or another version of MRQ: a field that is missing
   * has its default, and a field that is not known here is ignored.
   *
   * @throws IllegalArgumentException naming the field whose value cannot be read
   */
  public static TaskSettings fromMap(Map<String, ? extends @Nullable Object> values) {
    return TaskSettingsFields.read(values);
  }

  /**
   * Returns these settings as plain values that every store can keep and {@link #fromMap} reads:
   * durations are ISO 8601 texts, names of fields are in snake case.
   */
  public Map<String, Object> toMap() {
    return TaskSettingsFields.write(this);
  }

  /** Returns the limit for one run of this job; zero: none. */
  public Duration timeoutOf(Job job) {
    return job.timeout() == null ? timeout : job.timeout();
  }

  /** Returns how many retries this job has. */
  public int maxRetriesOf(Job job) {
    return job.maxRetries() == null ? maxRetries : job.maxRetries();
  }

  /**
   * Whether this exception asks for a retry. {@link InvalidParamsException} never does: params that
   * do not fit the task would not fit the next time either.
   */
  public boolean retriesOn(Throwable thrown) {
    if (retryOn.isEmpty() || thrown instanceof InvalidParamsException) {
      return false;
    }
    for (Class<?> type = thrown.getClass(); type != null; type = type.getSuperclass()) {
      if (retryOn.contains(type.getName())) {
        return true;
      }
    }
    return false;
  }

  /** Makes {@link TaskSettings}; what is not set stays as it was at the start. */
  public static final class Builder {
    private String queue;
    private Duration timeout;
    private int maxRetries;
    private BackOff backOff;
    private Retention retention;
    private List<String> retryOn;
    private TaskThreads threads;

    private Builder(TaskSettings from) {
      queue = from.queue;
      timeout = from.timeout;
      maxRetries = from.maxRetries;
      backOff = from.backOff;
      retention = from.retention;
      retryOn = from.retryOn;
      threads = from.threads;
    }

    /** Sets the queue of jobs that name none. */
    public Builder queue(String name) {
      queue = name;
      return this;
    }

    /** Sets the longest time for one run; zero: no limit. */
    public Builder timeout(Duration limit) {
      timeout = limit;
      return this;
    }

    /** Sets how many retries a job has; zero or more. */
    public Builder maxRetries(int limit) {
      maxRetries = limit;
      return this;
    }

    /** Sets how long a job waits before a retry. */
    public Builder backOff(BackOff wait) {
      backOff = wait;
      return this;
    }

    /** Sets how long a job is kept after it has ended. */
    public Builder retention(Retention kept) {
      retention = kept;
      return this;
    }

    /** Sets the exceptions that ask for a retry, subclasses included. */
    @SafeVarargs
    public final Builder retryOn(Class<? extends Throwable>... types) {
      return retryOn(Arrays.stream(types).map(Class::getName).toList());
    }

    /** Sets the names of the exception classes that ask for a retry, subclasses included. */
    public Builder retryOn(Collection<String> classNames) {
      retryOn = List.copyOf(classNames);
      return this;
    }

    /** Sets the kind of thread that a run gets. */
    public Builder threads(TaskThreads kind) {
      threads = kind;
      return this;
    }

    /**
     * Makes the settings.
     *
     * @throws io.mrq.job.InvalidJobException for an illegal queue
     * @throws IllegalArgumentException for a negative limit
     */
    public TaskSettings build() {
      return new TaskSettings(queue, timeout, maxRetries, backOff, retention, retryOn, threads);
    }
  }
}
