package io.mrq.autoconfigure.lifecycle;

import org.springframework.context.SmartLifecycle;

/**
 * Starts and stops what works in the background with the application, as often as the application
 * does. A stop holds up nobody else of its phase.
 */
public abstract class BackgroundLifecycle implements SmartLifecycle {
  /**
   * Beside the web server's graceful shutdown: what brings work in from outside has stopped, and
   * executors are still open.
   */
  public static final int WORK = DEFAULT_PHASE - 1024;

  /** After the web server has stopped: all that is counted has happened. */
  public static final int BOOKS = DEFAULT_PHASE - 4096;

  private final int phase;
  private volatile boolean running;

  /** With one of the phases above. */
  protected BackgroundLifecycle(int phase) {
    this.phase = phase;
  }

  /** Starts, also after an end; returns at once. */
  protected abstract void begin();

  /** Stops, and waits for it. */
  protected abstract void end();

  @Override
  public final void start() {
    running = true;
    begin();
  }

  @Override
  public final void stop() {
    try {
      end();
    } finally {
      running = false;
    }
  }

  @Override
  public final void stop(Runnable callback) {
    Thread.ofPlatform()
        .name("mrq-stop")
        .start(() -> {
          try {
            stop();
          } finally {
            callback.run();
          }
        });
  }

  @Override
  public final boolean isRunning() {
    return running;
  }

  @Override
  public final int getPhase() {
    return phase;
  }
}
