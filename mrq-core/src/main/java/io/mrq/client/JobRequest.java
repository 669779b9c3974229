package io.mrq.client;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A job that somebody asks for; null means the default. Built by steps: {@code
 * JobRequest.of("mrq.tasks.Echo").param("a", 1).delay(Duration.ofMinutes(5))}.
 *
 * @param path names the task
 * @param params plain values (see {@link io.mrq.job.JobValues}), and any number: see {@link
 *     io.mrq.job.PlainNumbers}
 * @param queue default: the task's queue, else {@code default} (ENQ-03)
 * @param priority −1000 … 1000, default 0, higher first
 * @param delay run no sooner than this from now; not together with {@code runAt}
 * @param runAt run no sooner than this
 * @param timeout the longest time for one run; zero: no limit
 * @param maxRetries how many retries before {@code maxretries}
 * @param ttl how long the document is kept after the job's end
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

  /** A job of this task with every default and no params. */
  public static JobRequest of(String path) {
    return new JobRequest(path, Map.of(), null, null, null, null, null, null, null);
  }

  /** With these params instead. */
  public JobRequest params(Map<String, ? extends @Nullable Object> all) {
    return new JobRequest(
        path, new LinkedHashMap<>(all), queue, priority, delay, runAt, timeout, maxRetries, ttl);
  }

  /** With one more param. */
  public JobRequest param(String name, @Nullable Object value) {
    Map<String, @Nullable Object> more = new LinkedHashMap<>(params);
    more.put(name, value);
    return params(more);
  }

  /** On this queue. */
  public JobRequest queue(@Nullable String name) {
    return new JobRequest(path, params, name, priority, delay, runAt, timeout, maxRetries, ttl);
  }

  /** With this priority. */
  public JobRequest priority(@Nullable Integer value) {
    return new JobRequest(path, params, queue, value, delay, runAt, timeout, maxRetries, ttl);
  }

  /** No sooner than this from now. */
  public JobRequest delay(@Nullable Duration wait) {
    return new JobRequest(path, params, queue, priority, wait, runAt, timeout, maxRetries, ttl);
  }

  /** No sooner than this. */
  public JobRequest runAt(@Nullable Instant date) {
    return new JobRequest(path, params, queue, priority, delay, date, timeout, maxRetries, ttl);
  }

  /** With this limit for one run. */
  public JobRequest timeout(@Nullable Duration limit) {
    return new JobRequest(path, params, queue, priority, delay, runAt, limit, maxRetries, ttl);
  }

  /** With this limit of retries. */
  public JobRequest maxRetries(@Nullable Integer limit) {
    return new JobRequest(path, params, queue, priority, delay, runAt, timeout, limit, ttl);
  }

  /** Kept this long after its end. */
  public JobRequest ttl(@Nullable Duration time) {
    return new JobRequest(path, params, queue, priority, delay, runAt, timeout, maxRetries, time);
  }
}
