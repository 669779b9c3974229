package io.mrq.client;

import io.mrq.job.NewJob;
import java.util.Collection;
import java.util.List;

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

  /** Tells each of these, in their order. */
  static EnqueueEvents all(Collection<? extends EnqueueEvents> listeners) {
    List<EnqueueEvents> each = List.copyOf(listeners);
    return new EnqueueEvents() {
      @Override
      public void enqueued(NewJob job) {
        each.forEach(listener -> listener.enqueued(job));
      }

      @Override
      public void deduplicated(NewJob job) {
        each.forEach(listener -> listener.deduplicated(job));
      }
    };
  }
}
