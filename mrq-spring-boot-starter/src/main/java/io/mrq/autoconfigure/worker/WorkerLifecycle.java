package io.mrq.autoconfigure.worker;

import io.mrq.autoconfigure.lifecycle.BackgroundLifecycle;
import io.mrq.engine.worker.Worker;
import io.mrq.task.TaskRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts the worker when the application is ready. Drains it at the same time as the web server,
 * before anything that jobs use is closed. An application without tasks has no worker.
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
      log.info(
          "no worker runs here, because this application has no tasks; it can only enqueue jobs");
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
