package io.mrq.store;

import io.mrq.job.Completion;

/** The end of a run, encoded by the {@link JobStore} that made it. */
public interface PreparedCompletion {
  /** What was encoded. */
  Completion completion();
}
