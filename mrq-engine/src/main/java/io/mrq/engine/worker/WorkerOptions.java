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
 * @param holdsAhead whether it may claim a few short jobs before it has slots for them
 */
public record WorkerOptions(
    String name,
    ServedQueues queues,
    int slots,
    StopTimes stop,
    WorkerPeriods periods,
    boolean holdsAhead) {
  public WorkerOptions {
    if (slots < 1) {
      throw new IllegalArgumentException("a worker needs at least one slot");
    }
  }

  /** Options with the default times. */
  public static WorkerOptions of(String name, ServedQueues queues, int slots) {
    return new WorkerOptions(name, queues, slots, StopTimes.DEFAULT, WorkerPeriods.DEFAULT, true);
  }

  /** Returns these options with other times for a stop. */
  public WorkerOptions with(StopTimes other) {
    return new WorkerOptions(name, queues, slots, other, periods, holdsAhead);
  }

  /** Returns these options with other periods. */
  public WorkerOptions with(WorkerPeriods other) {
    return new WorkerOptions(name, queues, slots, stop, other, holdsAhead);
  }

  /** Returns these options for a worker that holds no jobs. */
  public WorkerOptions withoutHolding() {
    return new WorkerOptions(name, queues, slots, stop, periods, false);
  }
}
