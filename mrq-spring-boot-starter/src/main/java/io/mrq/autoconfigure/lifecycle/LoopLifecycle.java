package io.mrq.autoconfigure.lifecycle;

import io.mrq.engine.loop.Loop;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A step that is repeated as long as the application runs. */
public abstract class LoopLifecycle extends BackgroundLifecycle {
  private final String name;
  private volatile @Nullable Loop loop;

  /**
   * With a loop of this name, beside nobody's work.
   *
   * @param name of the loop's thread and in its log lines
   */
  protected LoopLifecycle(String name) {
    super(BOOKS);
    this.name = name;
  }

  /** As {@link Loop.Step#run()}. */
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
