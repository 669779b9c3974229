package io.mrq.maintenance;

/**
 * What the duties tell about their work, for metrics. Calls must return at once and never throw.
 */
public interface MaintenanceEvents {
  /** Tells nobody. */
  MaintenanceEvents NONE = new MaintenanceEvents() {};

  /** A worker was marked lost. */
  default void workerLost() {}

  /** Jobs of lost workers were queued again, or failed at the crash limit. */
  default void rescued(long requeued, long failed) {}

  /** Jobs missing from the dispatch index were offered again. */
  default void reoffered(long jobs) {}

  /** Expired documents were deleted. */
  default void expired(long jobs) {}
}
