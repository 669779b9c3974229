package io.mrq.engine.worker;

import io.mrq.dispatch.DispatchIndex;
import io.mrq.dispatch.JobDispatcher;
import io.mrq.engine.event.WorkerEvents;
import io.mrq.engine.log.JobLogs;
import io.mrq.engine.loop.LoopFailure;
import io.mrq.engine.run.RunTracing;
import io.mrq.job.WorkerId;
import io.mrq.queue.QueuePauses;
import io.mrq.store.JobStore;
import io.mrq.task.TaskInterceptor;
import io.mrq.task.TaskRegistry;
import io.mrq.worker.WorkerStore;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A worker's life cycle: start, drain, stop, and start again. Starting never waits for the stores;
 * the worker keeps trying and begins when they are there.
 */
public final class Worker {
  private final WorkerOptions options;
  private final Supplier<WorkerSession> sessions;
  private volatile WorkerSession session;

  /** The ports that a worker works on. */
  public record Ports(
      JobStore jobs,
      WorkerStore workers,
      QueuePauses pauses,
      DispatchIndex index,
      JobDispatcher offers) {}

  /**
   * Who watches a worker.
   *
   * @param events told of its work
   * @param logs of its runs; of no other worker
   * @param tracing of its runs
   */
  public record Observers(WorkerEvents events, JobLogs logs, RunTracing tracing) {}

  /** Wires a worker that is not running yet. */
  public Worker(
      WorkerOptions options,
      Ports ports,
      TaskRegistry tasks,
      List<TaskInterceptor> interceptors,
      Observers observers,
      InstantSource clock) {
    this.options = options;
    sessions =
        () ->
            new WorkerSession(
                new WorkerParts(options, ports, tasks, interceptors, observers, clock));
    session = sessions.get();
  }

  /**
   * Starts every loop; returns at once. A worker that was stopped starts anew, under another id;
   * one that runs goes on.
   */
  public synchronized void start() {
    if (session.isOver()) {
      session = sessions.get();
    }
    session.start();
  }

  /** The id that the worker works under now. */
  public WorkerId id() {
    return session.id();
  }

  /** How many slots there are. */
  public int slots() {
    return options.slots();
  }

  /** How many slots are busy. */
  public int busySlots() {
    return session.busySlots();
  }

  /** The worker's loops by their names, each with its failure while it fails. */
  public Map<String, Optional<LoopFailure>> loops() {
    return session.loops();
  }

  /** Skips the rest of the drain when the worker is stopping: for a second signal. */
  public void hurry() {
    session.hurry();
  }

  /**
   * Stops: claims nothing more, lets running jobs end for the drain period, then interrupts them,
   * gives them the grace period, and commits all that ended. Stopping twice is fine.
   */
  public void stop() {
    session.stop();
  }
}
