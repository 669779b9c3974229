package io.mrq.autoconfigure.worker;

import io.mrq.autoconfigure.lifecycle.BackgroundLifecycle;
import io.mrq.engine.worker.Worker;
import io.mrq.task.TaskRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts the worker when the application is ready, and drains it beside the web server, before
 * anything that jobs use is closed. An application without tasks runs no jobs.
 */
final class WorkerLifecycle extends BackgroundLifecycle {
  private static final Logger log = LoggerFactory.getLogger(WorkerLifecycle.class);

  private final Worker worker;
  private final TaskRegistry tasks;
  private volatile boolean working;

  WorkerLifecycle(Worker worker, TaskRegistry tasks) {
    super(WORK);
    this.worker = worker;
    this.tasks = tasks;
  }

  @Override
  protected void begin() {
    if (tasks.paths().isEmpty()) {
      log.info("no worker runs here, since this application has no tasks; it enqueues only");
    } else {
      working = true;
      worker.start();
    }
  }

  @Override
  protected void end() {
    if (working) {
      try (SecondSignal _ = SecondSignal.calls(worker::hurry)) {
        worker.stop();
      } finally {
        working = false;
      }
    }
  }
}
