package io.mrq.job;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A job that is about to be stored for the first time: it is checked, and has every default filled
 * in.
 *
 * @param id chosen before the insert, so that the insert can be repeated
 * @param path names the task
 * @param params plain values, see {@link JobValues}
 * @param queue the name of a regular queue
 * @param priority −1000 … 1000
 * @param datequeued now
 * @param dateretry when the job is due; null: at once
 * @param timeout the limit for one run; zero: no limit; null: that of the task
 * @param maxRetries the limit of retries; null: that of the task
 * @param ttl how long the job is kept after it has ended; null: as its task and status say
 * @param parent the job whose run enqueues this one; null outside a job
 * @param trace the W3C trace context of the caller; null when nobody traces
 */
public record NewJob(
    JobId id,
    String path,
    Map<String, @Nullable Object> params,
    String queue,
    int priority,
    Instant datequeued,
    @Nullable Instant dateretry,
    @Nullable Duration timeout,
    @Nullable Integer maxRetries,
    @Nullable Duration ttl,
    @Nullable JobId parent,
    @Nullable TraceContext trace) {

  /** Returns the place in the queue, which follows from the date at which the job may run. */
  public long order() {
    return JobOrder.of(dateretry == null ? datequeued : dateretry, priority);
  }

  /** Returns {@code retry} for a delayed job, {@code queued} for any other. */
  public JobStatus status() {
    return transition().to();
  }

  /** Returns the transition that stores the job. */
  public JobTransition transition() {
    return dateretry == null ? JobTransition.ENQUEUE : JobTransition.ENQUEUE_DELAYED;
  }

  /** Returns what the dispatch index is told of the job. */
  public ReadyJob ready() {
    return new ReadyJob(id, queue, order());
  }

  /** Returns the same job with this trace context; null: with none. */
  public NewJob withTrace(@Nullable TraceContext context) {
    return toBuilder().trace(context).build();
  }

  /** Returns the same job under another id. */
  public NewJob withId(JobId other) {
    return toBuilder().id(other).build();
  }

  /** Returns a builder for a job without params that is due at once. */
  public static Builder builder(JobId id, String path, String queue, Instant datequeued) {
    return new Builder(id, path, queue, datequeued);
  }

  /** Returns a builder that starts from this job. */
  public Builder toBuilder() {
    return new Builder(this);
  }

  /** Makes new jobs. Its methods are named after the components; nothing is checked. */
  public static final class Builder {
    private JobId id;
    private String path;
    private Map<String, @Nullable Object> params = Map.of();
    private String queue;
    private int priority;
    private Instant datequeued;
    private @Nullable Instant dateretry;
    private @Nullable Duration timeout;
    private @Nullable Integer maxRetries;
    private @Nullable Duration ttl;
    private @Nullable JobId parent;
    private @Nullable TraceContext trace;

    private Builder(JobId id, String path, String queue, Instant datequeued) {
      this.id = id;
      this.path = path;
      this.queue = queue;
      this.datequeued = datequeued;
    }

    private Builder(NewJob from) {
      id = from.id;
      path = from.path;
      params = from.params;
      queue = from.queue;
      priority = from.priority;
      datequeued = from.datequeued;
      dateretry = from.dateretry;
      timeout = from.timeout;
      maxRetries = from.maxRetries;
      ttl = from.ttl;
      parent = from.parent;
      trace = from.trace;
    }

    public Builder id(JobId value) {
      id = value;
      return this;
    }

    public Builder path(String value) {
      path = value;
      return this;
    }

    public Builder params(Map<String, @Nullable Object> value) {
      params = value;
      return this;
    }

    /** Adds one param to those set so far. */
    public Builder param(String name, @Nullable Object value) {
      Map<String, @Nullable Object> more = new LinkedHashMap<>(params);
      more.put(name, value);
      return params(more);
    }

    public Builder queue(String value) {
      queue = value;
      return this;
    }

    public Builder priority(int value) {
      priority = value;
      return this;
    }

    public Builder datequeued(Instant value) {
      datequeued = value;
      return this;
    }

    public Builder dateretry(@Nullable Instant value) {
      dateretry = value;
      return this;
    }

    public Builder timeout(@Nullable Duration value) {
      timeout = value;
      return this;
    }

    public Builder maxRetries(@Nullable Integer value) {
      maxRetries = value;
      return this;
    }

    public Builder ttl(@Nullable Duration value) {
      ttl = value;
      return this;
    }

    public Builder parent(@Nullable JobId value) {
      parent = value;
      return this;
    }

    public Builder trace(@Nullable TraceContext value) {
      trace = value;
      return this;
    }

    public NewJob build() {
      return new NewJob(
          id,
          path,
          params,
          queue,
          priority,
          datequeued,
          dateretry,
          timeout,
          maxRetries,
          ttl,
          parent,
          trace);
    }
  }
}
