package io.mrq.engine.event;

import io.mrq.job.Job;
import io.mrq.job.JobStatus;
import java.time.Duration;

/** What may happen in a worker. */
public sealed interface WorkerEvent {
  /**
   * A run begins.
   *
   * @param waited since the job was queued or due
   */
  record Started(Job job, Duration waited) implements WorkerEvent {}

  /**
   * The outcome of a run is stored.
   *
   * @param outcome the job's status now
   * @param ran from the claim to the end
   */
  record Finished(Job job, JobStatus outcome, Duration ran) implements WorkerEvent {}

  /** The job will run again; follows its {@link Finished}. */
  record Retried(Job job, RetryReason reason) implements WorkerEvent {}

  /** The outcome of a run was refused: another worker has the job now. */
  record Refused(Job job) implements WorkerEvent {}

  /**
   * One claim call was answered.
   *
   * @param jobs how many it won
   */
  record Claimed(String queue, int jobs, Duration took) implements WorkerEvent {}

  /** One batch of outcomes was written. */
  record Committed(int jobs, Duration took) implements WorkerEvent {}

  /** Lines that jobs logged were left out, for lack of room. */
  record LogLinesDropped(int lines) implements WorkerEvent {}

  /** A heartbeat was answered, or failed. */
  record Beat(boolean answered) implements WorkerEvent {}

  /** The lease was lost: other workers got this worker's jobs. */
  record LeaseLost() implements WorkerEvent {}
}
