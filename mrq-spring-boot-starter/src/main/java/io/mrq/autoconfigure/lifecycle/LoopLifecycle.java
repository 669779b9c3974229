package io.mrq.autoconfigure.lifecycle;

import io.mrq.engine.loop.Loop;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Repeats a step as long as the application runs. */
public abstract class LoopLifecycle extends BackgroundLifecycle {
  private final String name;
  private volatile @Nullable Loop loop;

  /**
   * Names the loop.
   *
   * @param name the name of its thread, which log lines and the health show
   */
  protected LoopLifecycle(String name) {
    super(COUNTS);
    this.name = name;
  }

  /** Does one step, see {@link Loop.Step#run()}. */
  protected abstract Duration step() throws InterruptedException;

  @Override
  protected final void begin() {
    Loop fresh = new Loop(name, this::step);
    loop = fresh;
    fresh.start();
  }

  @Override
  protected final void end() {
    Loop running = loop;
    if (running != null) {
      running.stop();
    }
  }
}
