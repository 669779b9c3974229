package io.mrq.log;

import io.mrq.job.JobId;

/**
 * Reads what jobs logged, while they run and afterwards (SEED-12). Methods throw {@link
 * io.mrq.store.StoreUnavailableException}.
 */
public final class JobLogReader {
  private final JobLogStore logs;

  public JobLogReader(JobLogStore logs) {
    this.logs = logs;
  }

  /** At most {@code limit} lines after a place, oldest first. */
  public JobLogPage after(JobId job, JobLogCursor place, int limit) {
    return logs.after(job, place, limit);
  }

  /** The last so many lines, oldest first. */
  public JobLogPage tail(JobId job, int lines) {
    return logs.tail(job, lines);
  }
}
