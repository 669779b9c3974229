package io.mrq.autoconfigure.task;

import io.mrq.task.TaskSetting;
import io.mrq.task.TaskThreads;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Settings of tasks in properties; what is absent is not set.
 *
 * @param queue Queue of jobs that name none.
 * @param timeout The longest time for one run; 0: no limit.
 * @param maxRetries How many retries a job has before it becomes maxretries.
 * @param retryDelay How long a job waits before its first retry.
 * @param retryMultiplier By what the wait grows with each further retry; at least 1.
 * @param maxRetryDelay The longest wait before a retry.
 * @param retryOn Names of the exception classes that ask for a retry, subclasses included.
 * @param resultTtl How long a successful job is kept after it has ended.
 * @param abortTtl How long a job is kept after its task has aborted it.
 * @param cancelTtl How long a job is kept after it was cancelled.
 * @param defaultTtl How long a job is kept after it has ended in any other status.
 * @param threads The kind of thread that a run gets.
 */
public record TaskProperties(
    @Nullable String queue,
    @Nullable Duration timeout,
    @Nullable Integer maxRetries,
    @Nullable Duration retryDelay,
    @Nullable Double retryMultiplier,
    @Nullable Duration maxRetryDelay,
    @Nullable List<String> retryOn,
    @Nullable Duration resultTtl,
    @Nullable Duration abortTtl,
    @Nullable Duration cancelTtl,
    @Nullable Duration defaultTtl,
    @Nullable TaskThreads threads) {
  /** Sets nothing. */
  public static final TaskProperties NONE =
      new TaskProperties(null, null, null, null, null, null, null, null, null, null, null, null);

  /** Returns what is set. */
  public Map<TaskSetting, Object> layer() {
    Map<TaskSetting, Object> layer = new EnumMap<>(TaskSetting.class);
    put(layer, TaskSetting.QUEUE, queue);
    put(layer, TaskSetting.TIMEOUT, timeout);
    put(layer, TaskSetting.MAX_RETRIES, maxRetries);
    put(layer, TaskSetting.RETRY_DELAY, retryDelay);
    put(layer, TaskSetting.RETRY_MULTIPLIER, retryMultiplier);
    put(layer, TaskSetting.MAX_RETRY_DELAY, maxRetryDelay);
    put(layer, TaskSetting.RETRY_ON, retryOn);
    put(layer, TaskSetting.RESULT_TTL, resultTtl);
    put(layer, TaskSetting.ABORT_TTL, abortTtl);
    put(layer, TaskSetting.CANCEL_TTL, cancelTtl);
    put(layer, TaskSetting.DEFAULT_TTL, defaultTtl);
    put(layer, TaskSetting.THREADS, threads);
    return layer;
  }

  private static void put(
      Map<TaskSetting, Object> layer, TaskSetting setting, @Nullable Object value) {
    if (value != null) {
      layer.put(setting, value);
    }
  }
}
