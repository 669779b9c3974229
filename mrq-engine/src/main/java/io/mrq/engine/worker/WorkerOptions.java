package io.mrq.engine.worker;

import io.mrq.queue.ServedQueues;

/**
 * How a worker works.
 *
 * @param name for people, such as {@code host.pid}
 * @param queues that it serves
 * @param slots how many jobs it runs at once
 * @param stop how long it waits for its jobs when it stops
 * @param periods how often it does what it repeats
 */
public record WorkerOptions(
    String name, ServedQueues queues, int slots, StopTimes stop, WorkerPeriods periods) {
  public WorkerOptions {
    if (slots < 1) {
      throw new IllegalArgumentException("a worker needs at least one slot");
    }
  }

  /** Options with the default times. */
  public static WorkerOptions of(String name, ServedQueues queues, int slots) {
    return new WorkerOptions(name, queues, slots, StopTimes.DEFAULT, WorkerPeriods.DEFAULT);
  }

  /** Returns these options with other times for a stop. */
  public WorkerOptions with(StopTimes other) {
    return new WorkerOptions(name, queues, slots, other, periods);
  }

  /** Returns these options with other periods. */
  public WorkerOptions with(WorkerPeriods other) {
    return new WorkerOptions(name, queues, slots, stop, other);
  }
}
