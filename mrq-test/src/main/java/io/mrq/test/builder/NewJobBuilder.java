package io.mrq.test.builder;

import io.mrq.job.JobId;
import io.mrq.job.NewJob;
import io.mrq.job.TraceContext;
import io.mrq.queue.QueueName;
import io.mrq.test.MutableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Builds a {@link NewJob}: {@code aNewJob().queue("mails").priority(5).build()}. By default it is a
 * job of {@code tests.Sample} in the default queue, queued at {@link MutableClock#START}.
 */
public final class NewJobBuilder {
  private JobId id = JobId.next();
  private String path = "tests.Sample";
  private final Map<String, @Nullable Object> params = new LinkedHashMap<>();
  private String queue = QueueName.DEFAULT;
  private int priority;
  private Instant datequeued = MutableClock.START;
  private @Nullable Instant dateretry;
  private @Nullable Duration timeout;
  private @Nullable Integer maxRetries;
  private @Nullable Duration ttl;
  private @Nullable JobId parent;
  private @Nullable TraceContext trace;

  private NewJobBuilder() {}

  /** A builder with a new id and the defaults. */
  public static NewJobBuilder aNewJob() {
    return new NewJobBuilder();
  }

  /** The job. */
  public NewJob build() {
    return new NewJob(
        id,
        path,
        new LinkedHashMap<>(params),
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

  public NewJobBuilder id(JobId value) {
    id = value;
    return this;
  }

  public NewJobBuilder path(String value) {
    path = value;
    return this;
  }

  /** Adds a parameter. */
  public NewJobBuilder param(String name, @Nullable Object value) {
    params.put(name, value);
    return this;
  }

  public NewJobBuilder queue(String value) {
    queue = value;
    return this;
  }

  public NewJobBuilder priority(int value) {
    priority = value;
    return this;
  }

  public NewJobBuilder datequeued(Instant value) {
    datequeued = value;
    return this;
  }

  /** Delays the job until this moment; null: it is queued at once. */
  public NewJobBuilder dateretry(@Nullable Instant value) {
    dateretry = value;
    return this;
  }

  public NewJobBuilder timeout(@Nullable Duration value) {
    timeout = value;
    return this;
  }

  public NewJobBuilder maxRetries(@Nullable Integer value) {
    maxRetries = value;
    return this;
  }

  public NewJobBuilder parent(@Nullable JobId value) {
    parent = value;
    return this;
  }

  public NewJobBuilder trace(@Nullable TraceContext value) {
    trace = value;
    return this;
  }

  public NewJobBuilder ttl(@Nullable Duration value) {
    ttl = value;
    return this;
  }
}
