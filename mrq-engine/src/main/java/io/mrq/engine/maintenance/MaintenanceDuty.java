package io.mrq.engine.maintenance;

import java.time.Duration;

/**
 * A regular task of MRQ itself: it asks the store one question and acts on the answer. It must be
 * safe to run in any number of processes at once.
 */
public interface MaintenanceDuty {
  /** The name in logs and metrics, such as {@code due-jobs}. */
  String name();

  /**
   * Does one pass. What it throws is logged, and the pass is tried again.
   *
   * @return how long to wait before the next pass; zero while there is more to do
   */
  Duration pass();

  /** The longest wait before a pass that failed is tried again; 5 s by default. */
  default Duration longestWait() {
    return Duration.ofSeconds(5);
  }
}
