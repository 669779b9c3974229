package io.mrq.engine.maintenance;

import java.time.Duration;

/**
 * One duty: one question to the store, one action. It may run in any number of replicas at once.
 */
public interface MaintenanceDuty {
  /** Its name in logs and metrics, such as {@code due-jobs}. */
  String name();

  /**
   * Does one pass.
   *
   * @return how long to wait before the next; zero while there is more to do
   */
  Duration pass();

  /** How long to wait at most before a pass that failed is tried again; 5 s where nobody says. */
  default Duration longestWait() {
    return Duration.ofSeconds(5);
  }
}
