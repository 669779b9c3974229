package io.mrq.engine.run;

import io.mrq.job.JobOutcome;
import io.mrq.store.PreparedCompletion;

/** Takes the outcomes of runs and sees to it that they are stored. */
public interface OutcomeSink {
  /**
   * Encodes an outcome for the store, in the caller's thread. An outcome that cannot be stored is
   * replaced by a failure that says so.
   *
   * @throws Error when there is no memory for an outcome that is not a success
   */
  PreparedCompletion prepare(RunningJob running, JobOutcome outcome);

  /**
   * Takes the decided outcome of a run, once; further calls do nothing. Encodes it in the caller's
   * thread unless that was done before. Never throws: an outcome for which there is no memory now
   * is submitted again later, by {@link JobTimeouts}.
   */
  void submit(RunningJob running);
}
