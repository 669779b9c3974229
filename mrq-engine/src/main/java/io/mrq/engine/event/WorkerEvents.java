package io.mrq.engine.event;

import io.mrq.event.Listeners;
import java.util.Collection;

/**
 * Watches a worker, for metrics and the like. Called in the threads that do the work, so it must
 * return at once. New kinds of events may come: a listener ignores those that it does not know.
 */
@FunctionalInterface
public interface WorkerEvents {
  /** A listener that does nothing. */
  WorkerEvents NONE = _ -> {};

  /** Something has happened. */
  void on(WorkerEvent event);

  /** One listener that tells all of these in their order; what one of them throws is logged. */
  static WorkerEvents all(Collection<? extends WorkerEvents> listeners) {
    Listeners<WorkerEvents> guarded = new Listeners<>(listeners);
    return event -> guarded.tell(listener -> listener.on(event));
  }
}
