package io.mrq.maintenance;

import io.mrq.loop.Loop;
import java.util.List;

/**
 * Runs every duty on a loop of its own. All are on by default: nobody schedules recovery by hand.
 */
public final class Maintenance {
  private final List<MaintenanceDuty> duties;
  private List<Loop> loops = List.of();

  /** Takes the duties; none runs yet. */
  public Maintenance(List<MaintenanceDuty> duties) {
    this.duties = List.copyOf(duties);
  }

  /** Starts all duties, also after a stop; returns at once. */
  public synchronized void start() {
    if (loops.isEmpty()) {
      loops = duties.stream().map(d -> new Loop("mrq-" + d.name(), d::pass)).toList();
      loops.forEach(Loop::start);
    }
  }

  /** Stops all duties, all at the same time; stopping twice is fine. */
  public void stop() {
    List<Thread> ends =
        takeLoops().stream().map(loop -> Thread.ofVirtual().start(loop::stop)).toList();
    try {
      for (Thread end : ends) {
        end.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized List<Loop> takeLoops() {
    List<Loop> running = loops;
    loops = List.of();
    return running;
  }
}
