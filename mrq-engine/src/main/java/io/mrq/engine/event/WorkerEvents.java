package io.mrq.engine.event;

import io.mrq.event.Listeners;
import java.util.Collection;

/**
 * Watches a worker, for metrics and the like. Called in the threads that do the work, so it must
 * return at once. The thread in which a job begins may be the one in which another has just ended:
 * what a task left in its thread-locals or as the thread's class loader is still there, so do not
 * rely on them. New kinds of events may come: a listener ignores those that it does not know.
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
