package io.mrq.engine.maintenance;

import io.mrq.event.Listeners;
import java.util.Collection;

/**
 * Watches the maintenance duties, for metrics and the like. Called in the threads that do the work,
 * so it must return at once. New kinds of events may come: a listener ignores those that it does
 * not know.
 */
@FunctionalInterface
public interface MaintenanceEvents {
  /** A listener that does nothing. */
  MaintenanceEvents NONE = _ -> {};

  /** Something has happened. */
  void on(MaintenanceEvent event);

  /** One listener that tells all of these in their order; what one of them throws is logged. */
  static MaintenanceEvents all(Collection<? extends MaintenanceEvents> listeners) {
    Listeners<MaintenanceEvents> guarded = new Listeners<>(listeners);
    return event -> guarded.tell(listener -> listener.on(event));
  }
}
