package io.mrq.autoconfigure.metrics;

import io.micrometer.core.instrument.Tags;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * Keeps the meters of each queue and task, since looking them up in the registry costs more than
 * counting. There are as few of them as there are labels.
 *
 * @param <M> the meters of one queue and task
 */
final class MetersByTask<M> {
  private final MeterLabels labels;
  private final Function<Tags, M> make;
  private final Map<String, Map<String, M>> byQueue = new ConcurrentHashMap<>();

  /**
   * Creates it without any meters.
   *
   * @param make registers the meters of a queue and a task, when they are asked for first
   */
  MetersByTask(MeterLabels labels, Function<Tags, M> make) {
    this.labels = labels;
    this.make = make;
  }

  M of(String queue, String path) {
    String queueLabel = labels.queueLabel(queue);
    String taskLabel = labels.taskLabel(path);
    Map<String, M> byTask = byQueue.get(queueLabel);
    M known = byTask == null ? null : byTask.get(taskLabel);
    return known != null
        ? known
        : byQueue
            .computeIfAbsent(queueLabel, _ -> new ConcurrentHashMap<>())
            .computeIfAbsent(taskLabel, _ -> make.apply(labels.of(queue, path)));
  }
}
