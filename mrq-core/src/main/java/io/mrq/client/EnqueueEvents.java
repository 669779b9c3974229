package io.mrq.client;

import io.mrq.event.Listeners;
import io.mrq.job.NewJob;
import java.util.Collection;

/** What a {@link JobClient} tells about its work, for metrics. Calls must return at once. */
public interface EnqueueEvents {
  /** Tells nobody. */
  EnqueueEvents NONE =
      new EnqueueEvents() {
        @Override
        public void enqueued(NewJob job) {}

        @Override
        public void deduplicated(NewJob job) {}
      };

  /** A job was stored. */
  void enqueued(NewJob job);

  /** An idempotency key found the job of an earlier request. */
  void deduplicated(NewJob job);

  /** Tells each of these, in their order; one that throws is logged and harms nobody. */
  static EnqueueEvents all(Collection<? extends EnqueueEvents> listeners) {
    Listeners<EnqueueEvents> each = new Listeners<>(listeners);
    return new EnqueueEvents() {
      @Override
      public void enqueued(NewJob job) {
        each.tell(listener -> listener.enqueued(job));
      }

      @Override
      public void deduplicated(NewJob job) {
        each.tell(listener -> listener.deduplicated(job));
      }
    };
  }
}
