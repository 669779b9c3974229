package io.mrq.engine.worker;

import io.mrq.queue.QueueName;
import java.time.Duration;
import java.util.List;

/**
 * How a worker works.
 *
 * @param name for people, such as {@code host.pid}
 * @param queues in the order in which they are served, default {@code default}
 * @param slots how many jobs run at once, default 100
 * @param drain how long running jobs may go on after a stop, default 20 s
 * @param grace how long interrupted jobs may take to end, default 5 s
 * @param beatPeriod how often the worker proves its lease, and stores the progress of its runs;
 *     default 1 s
 * @param auditPeriod default 5 s
 */
public record WorkerOptions(
    String name,
    List<String> queues,
    int slots,
    Duration drain,
    Duration grace,
    Duration beatPeriod,
    Duration auditPeriod) {
  /** The default of {@code drain}. */
  public static final Duration DRAIN = Duration.ofSeconds(20);

  /** The default of {@code grace}. */
  public static final Duration GRACE = Duration.ofSeconds(5);

  public WorkerOptions {
    queues = List.copyOf(queues);
    if (queues.isEmpty() || slots < 1) {
      throw new IllegalArgumentException("a worker needs at least one queue and one slot");
    }
    queues.forEach(WorkerOptions::checkServable);
  }

  private static void checkServable(String queue) {
    QueueName.checked(queue);
    if (queue.endsWith("/")) {
      throw new IllegalArgumentException(
          "the queue '%s' ends in a slash: to Python's workers that means all queues that begin so, but this worker serves only queues that are named one by one"
              .formatted(queue));
    }
    if (queue.endsWith("_reverse")) {
      throw new IllegalArgumentException(
          "the queue '%s' ends in _reverse: to Python's workers that means the last jobs of '%s' first, but this worker knows no such order; name the queue itself"
              .formatted(queue, queue.substring(0, queue.length() - "_reverse".length())));
    }
  }

  /** Options with every default. */
  public static WorkerOptions of(String name, List<String> queues, int slots) {
    return new WorkerOptions(
        name, queues, slots, DRAIN, GRACE, Duration.ofSeconds(1), Duration.ofSeconds(5));
  }
}
