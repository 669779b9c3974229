package io.mrq.engine.event;

import io.mrq.job.Job;
import io.mrq.job.JobStatus;
import java.time.Duration;
import java.util.Collection;

/** What a worker tells about its work, for metrics. Calls must return at once. */
public interface WorkerEvents {
  /** Tells nobody. */
  WorkerEvents NONE = new WorkerEvents() {};

  /** A job begins; {@code waited} since it was queued or due. */
  default void started(Job job, Duration waited) {}

  /** The end of a run is stored. */
  default void finished(Job job, JobStatus outcome, Duration ran) {}

  /** The end of a run is stored, and the job will run again. Told after {@link #finished}. */
  default void retried(Job job, RetryReason reason) {}

  /** The end of a run was refused: another has the job now. */
  default void refused(Job job) {}

  /** One claim call won this many jobs. */
  default void claimed(String queue, int jobs, Duration took) {}

  /** One batch of ends was written. */
  default void committed(int jobs, Duration took) {}

  /** Lines that jobs logged were left out: there was no room for them. */
  default void logLinesDropped(int lines) {}

  /** A beat was answered, or not. */
  default void beat(boolean answered) {}

  /** The lease was lost: others took the worker's jobs. */
  default void leaseLost() {}

  /** Tells each of these, in their order; one that throws is logged and harms nobody. */
  static WorkerEvents all(Collection<? extends WorkerEvents> listeners) {
    return new AllWorkerEvents(listeners);
  }
}
