package io.mrq.client;

import io.mrq.job.Job;
import java.util.Collection;
import java.util.List;

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

  /** Tells each of these, in their order. */
  static ActionEvents all(Collection<? extends ActionEvents> listeners) {
    List<ActionEvents> each = List.copyOf(listeners);
    return new ActionEvents() {
      @Override
      public void cancelled(Job job) {
        each.forEach(listener -> listener.cancelled(job));
      }

      @Override
      public void requeued(Job job) {
        each.forEach(listener -> listener.requeued(job));
      }
    };
  }
}
