package io.mrq.autoconfigure;

import io.mrq.worker.Worker;
import org.springframework.context.SmartLifecycle;

/** Starts the worker when the application is ready, and drains it before anything that it uses is closed. */
final class WorkerLifecycle implements SmartLifecycle {
  private final Worker worker;
  private volatile boolean running;

  WorkerLifecycle(Worker worker) {
    this.worker = worker;
  }

  @Override
  public void start() {
    running = true;
    worker.start();
  }

  @Override
  public void stop() {
    worker.stop();
    running = false;
  }

  @Override
  public boolean isRunning() {
    return running;
  }
}
