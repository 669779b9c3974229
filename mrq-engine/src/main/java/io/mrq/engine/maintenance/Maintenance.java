package io.mrq.engine.maintenance;

import io.mrq.engine.loop.Loop;
import io.mrq.engine.loop.LoopFailure;
import io.mrq.engine.loop.LoopGroup;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Runs every duty on a loop of its own. */
public final class Maintenance {
  private final List<MaintenanceDuty> duties;
  private LoopGroup loops;
  private boolean running;

  /** Creates the loops of these duties; none runs yet. */
  public Maintenance(List<MaintenanceDuty> duties) {
    this.duties = List.copyOf(duties);
    this.loops = loopsOf(this.duties);
  }

  private static LoopGroup loopsOf(List<MaintenanceDuty> duties) {
    return new LoopGroup(
        duties.stream()
            .map(duty -> new Loop("mrq-" + duty.name(), duty::pass, duty.longestWait()))
            .toList());
  }

  /** Starts all duties, also after a stop; returns at once. */
  public synchronized void start() {
    if (!running) {
      running = true;
      loops.start();
    }
  }

  /** Stops all duties at the same time, within 5 s; stopping twice is fine. */
  public void stop() {
    takeLoops().stop();
  }

  private synchronized LoopGroup takeLoops() {
    LoopGroup ending = loops;
    // A loop that was stopped never starts again.
    loops = loopsOf(duties);
    running = false;
    return ending;
  }

  /** The loops of the duties by their names, each with its failure while it fails. */
  public synchronized Map<String, Optional<LoopFailure>> loops() {
    return loops.failures();
  }
}
