package io.mrq.client;

import io.mrq.event.Listeners;
import io.mrq.job.NewJob;
import java.util.Collection;

/**
 * Hears of jobs that are enqueued; for metrics and the like. With the Spring Boot starter every
 * bean of this type is told. Calls must return at once; what they throw is logged.
 */
public interface EnqueueEvents {
  /** Does nothing. */
  EnqueueEvents NONE =
      new EnqueueEvents() {
        @Override
        public void enqueued(NewJob job) {}

        @Override
        public void deduplicated(NewJob job) {}
      };

  /** A job was stored. */
  void enqueued(NewJob job);

  /**
   * The job of a slot of a schedule was stored. It may be told more than once, where a scheduler
   * carried out what another one had done. By default it is told as any other job.
   */
  default void scheduled(NewJob job) {
    enqueued(job);
  }

  /**
   * An idempotency key led to the job of an earlier request.
   *
   * @param job as this request would have stored it, with the id of the earlier one
   */
  void deduplicated(NewJob job);

  /** Returns a listener that tells each of these, in this order; what one throws is logged. */
  static EnqueueEvents all(Collection<? extends EnqueueEvents> listeners) {
    Listeners<EnqueueEvents> each = new Listeners<>(listeners);
    return new EnqueueEvents() {
      @Override
      public void enqueued(NewJob job) {
        each.tell(listener -> listener.enqueued(job));
      }

      @Override
      public void scheduled(NewJob job) {
        each.tell(listener -> listener.scheduled(job));
      }

      @Override
      public void deduplicated(NewJob job) {
        each.tell(listener -> listener.deduplicated(job));
      }
    };
  }
}
