package io.mrq.client;

import io.mrq.job.JobStatus;

/** What became of a move by hand. */
public sealed interface ActionResult {
  /** It was made. */
  record Moved(JobStatus status) implements ActionResult {}

  /** There is no such job. */
  record NotFound() implements ActionResult {}

  /** The table of legal moves forbids it from the status that the job is in. */
  record NotAllowed(JobStatus status) implements ActionResult {}
}
