package io.mrq.autoconfigure;

import io.mrq.worker.Worker;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import sun.misc.Signal;

/**
 * Starts the worker when the application is ready, and drains it before anything that it uses is
 * closed.
 */
final class WorkerLifecycle implements SmartLifecycle {
  private static final Logger log = LoggerFactory.getLogger(WorkerLifecycle.class);

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
    listenForASecondSignal();
    worker.stop();
    running = false;
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  /**
   * While the JVM shuts down it ignores further signals, but one that comes during a drain ends the
   * drain (INT-02).
   */
  private void listenForASecondSignal() {
    for (String name : new String[] {"TERM", "INT"}) {
      try {
        Signal.handle(new Signal(name), _ -> worker.hurry());
      } catch (IllegalArgumentException e) {
        log.debug("no second {} will end a drain: {}", name, e.getMessage());
      }
    }
  }
}
