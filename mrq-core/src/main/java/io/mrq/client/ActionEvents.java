package io.mrq.client;

import io.mrq.event.Listeners;
import io.mrq.job.Job;
import java.util.Collection;

/**
 * Hears of jobs that are cancelled or requeued by hand; for metrics and the like. With the Spring
 * Boot starter every bean of this type is told. Calls must return at once; what they throw is
 * logged.
 */
public interface ActionEvents {
  /** Does nothing. */
  ActionEvents NONE =
      new ActionEvents() {
        @Override
        public void cancelled(Job job) {}

        @Override
        public void requeued(Job job) {}
      };

  /**
   * A job was cancelled.
   *
   * @param job as it was before
   */
  void cancelled(Job job);

  /**
   * A job was requeued.
   *
   * @param job as it was before
   */
  void requeued(Job job);

  /** Returns a listener that tells each of these, in this order; what one throws is logged. */
  static ActionEvents all(Collection<? extends ActionEvents> listeners) {
    Listeners<ActionEvents> each = new Listeners<>(listeners);
    return new ActionEvents() {
      @Override
      public void cancelled(Job job) {
        each.tell(listener -> listener.cancelled(job));
      }

      @Override
      public void requeued(Job job) {
        each.tell(listener -> listener.requeued(job));
      }
    };
  }
}
