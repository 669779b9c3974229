package io.mrq.client;

import io.mrq.job.NewJob;

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
}
