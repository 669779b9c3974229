package io.mrq.engine.worker;

import io.mrq.dispatch.DispatchIndex;
import io.mrq.dispatch.JobDispatcher;
import io.mrq.engine.event.WorkerEvents;
import io.mrq.engine.log.JobLogs;
import io.mrq.engine.loop.LoopFailure;
import io.mrq.engine.run.RunTracing;
import io.mrq.job.WorkerId;
import io.mrq.queue.ParkedTasks;
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
 * Claims jobs and runs them. It can be started, drained and stopped, and then started again. A
 * start never waits for the stores: the worker begins as soon as they answer.
 */
public final class Worker {
  private final WorkerOptions options;
  private final Supplier<WorkerSession> sessions;
  private volatile WorkerSession session;

  /** The stores and the dispatch index that a worker uses. */
  public record Ports(
      JobStore jobs,
      WorkerStore workers,
      QueuePauses pauses,
      ParkedTasks parked,
      DispatchIndex index,
      JobDispatcher dispatcher) {}

  /**
   * What watches a worker.
   *
   * @param events is told what happens
   * @param logs keeps what its runs log; must not be shared with another worker
   * @param tracing traces its runs
   */
  public record Observers(WorkerEvents events, JobLogs logs, RunTracing tracing) {}

  /** Creates a worker that is not running yet. */
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
   * Starts the worker; returns at once. A worker that was stopped starts again under another id;
   * starting one that runs changes nothing.
   */
  public synchronized void start() {
    if (session.isOver()) {
      session = sessions.get();
    }
    session.start();
  }

  /** The id under which the worker claims now; it changes when a lease is lost. */
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

  /** Ends the drain of a stop that is under way, as a second signal does. */
  public void hurry() {
    session.hurry();
  }

  /**
   * Stops the worker: it claims nothing more and lets running jobs end for the drain period. Then
   * it interrupts them, gives them the grace period, and stores their outcomes. Stopping twice is
   * fine.
   */
  public void stop() {
    session.stop();
  }
}
