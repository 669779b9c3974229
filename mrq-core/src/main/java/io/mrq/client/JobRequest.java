package io.mrq.client;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Asks for a job; null stands for the default. A request never changes, each method returns a new
 * one: {@code JobRequest.of("mrq.tasks.Echo").param("a", 1).delay(Duration.ofMinutes(5))}. What it
 * says is checked when it is enqueued, see {@link JobClient}.
 *
 * @param path the path of the task, at most 200 characters without blanks
 * @param params plain values (see {@link io.mrq.job.JobValues}) and any number (see {@link
 *     io.mrq.job.PlainNumbers}), at most 1 MiB as BSON
 * @param queue default: the queue of the task, or {@code default} where the task is not known
 * @param priority −1000 … 1000, default 0; higher ones run first
 * @param delay how long from now the job waits at least; not together with {@code runAt}
 * @param runAt when the job runs at the earliest, within ten years
 * @param timeout the longest time for one run; zero: no limit; default: that of the task
 * @param maxRetries how many retries the job has before it becomes {@code maxretries}; default:
 *     that of the task
 * @param ttl how long the job is kept after it has ended; default: as its task and status say
 */
public record JobRequest(
    String path,
    Map<String, @Nullable Object> params,
    @Nullable String queue,
    @Nullable Integer priority,
    @Nullable Duration delay,
    @Nullable Instant runAt,
    @Nullable Duration timeout,
    @Nullable Integer maxRetries,
    @Nullable Duration ttl) {

  public JobRequest {
    params = Collections.unmodifiableMap(new LinkedHashMap<>(params));
  }

  private JobRequest(Fields fields) {
    this(
        fields.path,
        fields.params,
        fields.queue,
        fields.priority,
        fields.delay,
        fields.runAt,
        fields.timeout,
        fields.maxRetries,
        fields.ttl);
  }

  /** Asks for a job of the task with this path, without params and with every default. */
  public static JobRequest of(String path) {
    return new JobRequest(path, Map.of(), null, null, null, null, null, null, null);
  }

  /** Returns this request with these params in place of all that it had. */
  public JobRequest params(Map<String, ? extends @Nullable Object> all) {
    return with(fields -> fields.params = new LinkedHashMap<>(all));
  }

  /** Returns this request with one param added, or replaced where it has one of this name. */
  public JobRequest param(String name, @Nullable Object value) {
    Map<String, @Nullable Object> more = new LinkedHashMap<>(params);
    more.put(name, value);
    return params(more);
  }

  /** Returns this request for a job on this queue; null: the queue of its task. */
  public JobRequest queue(@Nullable String name) {
    return with(fields -> fields.queue = name);
  }

  /** Returns this request with this priority, −1000 … 1000; null: 0. */
  public JobRequest priority(@Nullable Integer value) {
    return with(fields -> fields.priority = value);
  }

  /** Returns this request for a job that runs this long from now at the earliest; null: at once. */
  public JobRequest delay(@Nullable Duration wait) {
    return with(fields -> fields.delay = wait);
  }

  /** Returns this request for a job that runs at this time at the earliest; null: at once. */
  public JobRequest runAt(@Nullable Instant date) {
    return with(fields -> fields.runAt = date);
  }

  /** Returns this request with this limit for one run; zero: no limit; null: the task's limit. */
  public JobRequest timeout(@Nullable Duration limit) {
    return with(fields -> fields.timeout = limit);
  }

  /** Returns this request with this limit of retries; null: the task's limit. */
  public JobRequest maxRetries(@Nullable Integer limit) {
    return with(fields -> fields.maxRetries = limit);
  }

  /**
   * Returns this request for a job that is kept this long after it has ended; null: as its task and
   * its status say.
   */
  public JobRequest ttl(@Nullable Duration time) {
    return with(fields -> fields.ttl = time);
  }

  private JobRequest with(Consumer<Fields> change) {
    Fields fields = new Fields(this);
    change.accept(fields);
    return new JobRequest(fields);
  }

  /** A copy in which one field is changed. */
  private static final class Fields {
    private final String path;
    private Map<String, @Nullable Object> params;
    private @Nullable String queue;
    private @Nullable Integer priority;
    private @Nullable Duration delay;
    private @Nullable Instant runAt;
    private @Nullable Duration timeout;
    private @Nullable Integer maxRetries;
    private @Nullable Duration ttl;

    Fields(JobRequest from) {
      path = from.path;
      params = from.params;
      queue = from.queue;
      priority = from.priority;
      delay = from.delay;
      runAt = from.runAt;
      timeout = from.timeout;
      maxRetries = from.maxRetries;
      ttl = from.ttl;
    }
  }
}
