package io.mrq.autoconfigure.lifecycle;

import org.springframework.context.SmartLifecycle;

/**
 * Starts and stops with the application something that works in the background, as often as the
 * application starts and stops. A stop does not hold up others of its phase.
 */
public abstract class BackgroundLifecycle implements SmartLifecycle {
  /**
   * The phase of beans that run jobs or maintenance: they stop together with the web server, while
   * executors are still open.
   */
  public static final int WORK = DEFAULT_PHASE - 1024;

  /**
   * The phase of beans that count or watch what the others do: they stop after those, so that
   * nothing is left uncounted.
   */
  public static final int COUNTS = DEFAULT_PHASE - 4096;

  private final int phase;
  private volatile boolean running;

  /**
   * Chooses the phase.
   *
   * @param phase {@link #WORK} or {@link #COUNTS}
   */
  protected BackgroundLifecycle(int phase) {
    this.phase = phase;
  }

  /** Starts, also after an end; returns without waiting. */
  protected abstract void begin();

  /** Stops, and waits until it has stopped. */
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
