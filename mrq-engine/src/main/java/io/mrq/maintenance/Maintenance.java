package io.mrq.maintenance;

import io.mrq.loop.Loop;
import java.util.List;

/**
 * Runs every duty on a loop of its own. All are on by default (BUG-51): nobody schedules recovery
 * by hand.
 */
public final class Maintenance {
  private final List<Loop> loops;

  /** Makes the loops; none runs yet. */
  public Maintenance(List<MaintenanceDuty> duties) {
    loops = duties.stream().map(d -> new Loop("mrq-" + d.name(), d::pass)).toList();
  }

  /** Starts all duties; returns at once. */
  public void start() {
    loops.forEach(Loop::start);
  }

  /** Stops all duties; stopping twice is fine. */
  public void stop() {
    loops.forEach(Loop::stop);
  }
}
