package io.mrq.engine.maintenance;

import io.mrq.recovery.RecoveryStore;
import java.time.Duration;

/** What may happen in the maintenance duties. */
public sealed interface MaintenanceEvent {
  /** A worker was marked lost. */
  record WorkerLost() implements MaintenanceEvent {}

  /** The beats of the workers were read too slowly to count: no worker is found lost by them. */
  record BeatsDiscarded() implements MaintenanceEvent {}

  /** A job of a lost worker was queued again, or failed at the crash limit. */
  record Crashed(RecoveryStore.Crash crash) implements MaintenanceEvent {}

  /**
   * The jobs of a lost worker are queued again.
   *
   * @param after how long ago the worker was last seen to beat
   */
  record Recovered(Duration after) implements MaintenanceEvent {}

  /** Jobs missing from the dispatch index were offered again. */
  record Reoffered(long jobs) implements MaintenanceEvent {}

  /** Expired documents were deleted. */
  record Expired(long documents) implements MaintenanceEvent {}

  /**
   * A batch of a bulk action was done.
   *
   * @param kind {@code requeue} or {@code cancel}
   * @param jobs how many were requeued or cancelled
   */
  record BulkChanged(String kind, long jobs) implements MaintenanceEvent {}
}
