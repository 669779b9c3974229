package io.mrq.client;

import io.mrq.event.Listeners;
import io.mrq.job.Job;
import java.util.Collection;

/** What {@link JobActions} tells about its work, for metrics. Calls must return at once. */
public interface ActionEvents {
  /** Tells nobody. */
  ActionEvents NONE =
      new ActionEvents() {
        @Override
        public void cancelled(Job job) {}

        @Override
        public void requeued(Job job) {}
      };

  /** A job was cancelled; as it was before. */
  void cancelled(Job job);

  /** A job was requeued by hand; as it was before. */
  void requeued(Job job);

  /** Tells each of these, in their order; one that throws is logged and harms nobody. */
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
