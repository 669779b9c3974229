package io.mrq.engine.maintenance;

import io.mrq.event.Listeners;
import io.mrq.recovery.RecoveryStore;
import java.time.Duration;
import java.util.Collection;

/** Watches the maintenance duties, for metrics and the like. Methods must return at once. */
public interface MaintenanceEvents {
  /** A listener that does nothing. */
  MaintenanceEvents NONE = new MaintenanceEvents() {};

  /** A worker was marked lost. */
  default void workerLost() {}

  /** The beats of the workers were read too slowly to count: no worker is found lost by them. */
  default void beatsDiscarded() {}

  /** A job of a lost worker was queued again, or failed at the crash limit. */
  default void crashed(RecoveryStore.Crash crash) {}

  /**
   * The jobs of a lost worker are queued again.
   *
   * @param after how long ago the worker was last seen to beat
   */
  default void recovered(Duration after) {}

  /** Jobs missing from the dispatch index were offered again. */
  default void reoffered(long jobs) {}

  /** Expired documents were deleted. */
  default void expired(long jobs) {}

  /**
   * A batch of a bulk action was done.
   *
   * @param kind {@code requeue} or {@code cancel}
   * @param jobs how many were moved
   */
  default void bulkMoved(String kind, long jobs) {}

  /** One listener that tells all of these in their order; what one of them throws is logged. */
  static MaintenanceEvents all(Collection<? extends MaintenanceEvents> listeners) {
    Listeners<MaintenanceEvents> each = new Listeners<>(listeners);
    return new MaintenanceEvents() {
      @Override
      public void workerLost() {
        each.tell(MaintenanceEvents::workerLost);
      }

      @Override
      public void beatsDiscarded() {
        each.tell(MaintenanceEvents::beatsDiscarded);
      }

      @Override
      public void crashed(RecoveryStore.Crash crash) {
        each.tell(listener -> listener.crashed(crash));
      }

      @Override
      public void recovered(Duration after) {
        each.tell(listener -> listener.recovered(after));
      }

      @Override
      public void reoffered(long jobs) {
        each.tell(listener -> listener.reoffered(jobs));
      }

      @Override
      public void expired(long jobs) {
        each.tell(listener -> listener.expired(jobs));
      }

      @Override
      public void bulkMoved(String kind, long jobs) {
        each.tell(listener -> listener.bulkMoved(kind, jobs));
      }
    };
  }
}
