package io.mrq.store;

import io.mrq.job.Completion;

/** A completion that {@link JobStore#prepare} has encoded. */
public interface PreparedCompletion {
  /** The completion itself. */
  Completion completion();
}
