package io.mrq.engine.loop;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Loops that are started and stopped together. */
public final class LoopGroup {
  private final List<Loop> loops;

  public LoopGroup(List<Loop> loops) {
    this.loops = List.copyOf(loops);
  }

  /** Starts every loop; returns at once. */
  public void start() {
    loops.forEach(Loop::start);
  }

  /**
   * Ends every loop: interrupts all of them, then waits for all together for at most 5 s. Stopping
   * twice is fine.
   */
  public void stop() {
    loops.forEach(Loop::end);
    long deadline = System.nanoTime() + Loop.STOP_TIMEOUT.toNanos();
    for (Loop loop : loops) {
      loop.join(Duration.ofNanos(Math.max(0, deadline - System.nanoTime())));
    }
  }

  /** The present failure of each loop, by name; empty for a loop that works. */
  public Map<String, Optional<LoopFailure>> failures() {
    Map<String, Optional<LoopFailure>> failures = new TreeMap<>();
    loops.forEach(loop -> failures.put(loop.name(), loop.failure()));
    return failures;
  }
}
