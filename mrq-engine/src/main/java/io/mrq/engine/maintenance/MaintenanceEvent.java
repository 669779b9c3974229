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
   * The job of a slot of a schedule was enqueued.
   *
   * @param schedule its name
   * @param late how long after the slot was due
   */
  record SlotEnqueued(String schedule, Duration late) implements MaintenanceEvent {}

  /**
   * Slots of a schedule were not enqueued in time, and nobody makes up for them.
   *
   * @param schedule its name
   */
  record SlotsMissed(String schedule, long slots) implements MaintenanceEvent {}

  /**
   * A batch of a bulk action was done.
   *
   * @param kind {@code requeue} or {@code cancel}
   * @param jobs how many were requeued or cancelled
   */
  record BulkChanged(String kind, long jobs) implements MaintenanceEvent {}
}
