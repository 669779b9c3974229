package io.mrq.engine.worker;

import io.mrq.queue.ServedQueues;
import java.util.function.Supplier;

/**
 * How a worker works.
 *
 * @param name for people, such as {@code host.pid}
 * @param queues that it serves
 * @param slots how many jobs it runs at once
 * @param stop how long it waits for its jobs when it stops
 * @param periods how often it does what it repeats
 * @param holdsAhead whether it may claim a few short jobs before it has slots for them
 * @param failsUnknownTasks whether a job fails whose task the worker does not know; otherwise it is
 *     parked for a worker that knows it
 * @param release tells the id of the release that the worker publishes, when it starts; empty: none
 */
public record WorkerOptions(
    String name,
    ServedQueues queues,
    int slots,
    StopTimes stop,
    WorkerPeriods periods,
    boolean holdsAhead,
    boolean failsUnknownTasks,
    Supplier<String> release) {
  public WorkerOptions {
    if (slots < 1) {
      throw new IllegalArgumentException("a worker needs at least one slot");
    }
  }

  /** Options with the default times. */
  public static WorkerOptions of(String name, ServedQueues queues, int slots) {
    return new WorkerOptions(
        name, queues, slots, StopTimes.DEFAULT, WorkerPeriods.DEFAULT, true, false, () -> "");
  }

  /** Returns these options with other times for a stop. */
  public WorkerOptions with(StopTimes other) {
    return new WorkerOptions(
        name, queues, slots, other, periods, holdsAhead, failsUnknownTasks, release);
  }

  /** Returns these options with other periods. */
  public WorkerOptions with(WorkerPeriods other) {
    return new WorkerOptions(
        name, queues, slots, stop, other, holdsAhead, failsUnknownTasks, release);
  }

  /** Returns these options for a worker that holds no jobs. */
  public WorkerOptions withoutHolding() {
    return new WorkerOptions(name, queues, slots, stop, periods, false, failsUnknownTasks, release);
  }

  /** Returns these options for a worker that fails the jobs of tasks that it does not know. */
  public WorkerOptions failingUnknownTasks() {
    return new WorkerOptions(name, queues, slots, stop, periods, holdsAhead, true, release);
  }
}
