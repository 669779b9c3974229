package io.mrq.client;

import io.mrq.job.InvalidJobException;
import io.mrq.job.JobId;
import io.mrq.job.JobOrder;
import io.mrq.job.JobValues;
import io.mrq.job.NewJob;
import io.mrq.job.PlainNumbers;
import io.mrq.queue.QueueName;
import io.mrq.task.JobContext;
import io.mrq.task.TaskCatalog;
import io.mrq.task.TaskPath;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Checks a {@link JobRequest}, fills in its defaults, and makes a {@link NewJob} of it. */
final class JobDrafting {
  /** The largest params that are accepted, as BSON. */
  static final int MAX_PARAMS = 1024 * 1024;

  private static final Duration MAX_DURATION = Duration.ofDays(3650);

  private final TaskCatalog tasks;

  JobDrafting(TaskCatalog tasks) {
    this.tasks = tasks;
  }

  NewJob draft(JobRequest request, Instant moment) {
    // Documents hold milliseconds; a draft that holds more would differ from what is read back.
    Instant now = moment.truncatedTo(ChronoUnit.MILLIS);
    String path = path(request.path());
    Map<String, @Nullable Object> params = checkedParams(request);
    return NewJob.builder(JobId.next(), path, QueueName.checked(queue(request)), now)
        .params(params)
        .priority(priority(request.priority()))
        .dateretry(due(request, now))
        .timeout(duration(request.timeout(), "timeout", true))
        .maxRetries(notNegative(request.maxRetries(), "max_retries"))
        .ttl(duration(request.ttl(), "ttl", false))
        .parent(JobContext.current().map(running -> running.job().id()).orElse(null))
        .build();
  }

  private static String path(String path) {
    if (path.isBlank()) {
      throw new InvalidJobException(
          "path", "is required: it names the task, such as mrq.tasks.Echo");
    }
    if (!TaskPath.isLegal(path)) {
      throw new InvalidJobException("path", TaskPath.RULE);
    }
    return path;
  }

  private static Map<String, @Nullable Object> checkedParams(JobRequest request) {
    Map<String, @Nullable Object> params = request.params();
    long size;
    try {
      size = JobValues.check(params, "params");
    } catch (InvalidJobException e) {
      params = PlainNumbers.in(params);
      size = JobValues.check(params, "params");
    }
    if (size > MAX_PARAMS) {
      throw new InvalidJobException(
          "params",
          "take %d bytes, but at most %d are stored with a job; put large data elsewhere and pass its address"
              .formatted(size, MAX_PARAMS));
    }
    return params;
  }

  private String queue(JobRequest request) {
    return request.queue() == null ? tasks.settings(request.path()).queue() : request.queue();
  }

  private static int priority(@Nullable Integer priority) {
    if (priority == null) {
      return 0;
    }
    if (Math.abs((long) priority) > JobOrder.MAX_PRIORITY) {
      throw new InvalidJobException(
          "priority", "must be between -1000 and 1000, but is " + priority);
    }
    return priority;
  }

  private static @Nullable Instant due(JobRequest request, Instant now) {
    if (request.delay() != null && request.runAt() != null) {
      throw new InvalidJobException(
          "delay", "and 'run_at' say the same thing: give only one of them");
    }
    Duration delay = duration(request.delay(), "delay", true);
    Instant date = delay == null ? request.runAt() : now.plus(delay);
    if (date == null) {
      return null;
    }
    if (date.isAfter(now.plus(MAX_DURATION))) {
      throw new InvalidJobException("run_at", "must lie within ten years");
    }
    Instant stored = date.truncatedTo(ChronoUnit.MILLIS);
    return stored.isAfter(now) ? stored : null;
  }

  private static @Nullable Duration duration(@Nullable Duration value, String field, boolean zero) {
    if (value == null) {
      return null;
    }
    if (value.isNegative() || (value.isZero() && !zero) || value.compareTo(MAX_DURATION) > 0) {
      throw new InvalidJobException(
          field,
          "must be %s and at most 3650 days".formatted(zero ? "zero or more" : "more than zero"));
    }
    return value;
  }

  private static @Nullable Integer notNegative(@Nullable Integer value, String field) {
    if (value != null && value < 0) {
      throw new InvalidJobException(field, "must be zero or more, but is " + value);
    }
    return value;
  }
}
