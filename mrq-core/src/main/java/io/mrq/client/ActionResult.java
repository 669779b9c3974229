package io.mrq.client;

import io.mrq.job.JobStatus;

/** How a cancel or a requeue of one job ended. */
public sealed interface ActionResult {
  /**
   * It was done.
   *
   * @param status the status that the job has now
   */
  record Moved(JobStatus status) implements ActionResult {}

  /** There is no such job. */
  record NotFound() implements ActionResult {}

  /**
   * The job has a status in which this is not allowed; nothing was changed.
   *
   * @param status the status of the job
   */
  record NotAllowed(JobStatus status) implements ActionResult {}
}
