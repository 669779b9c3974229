package io.mrq.store;

import io.mrq.job.JobLogCursor;
import io.mrq.job.JobLogLine;
import java.util.List;

/**
 * Some lines of a job.
 *
 * @param lines oldest first; may be empty
 * @param next where the following lines will be, even when there are none yet
 */
public record JobLogPage(List<JobLogLine> lines, JobLogCursor next) {
  public JobLogPage {
    lines = List.copyOf(lines);
  }
}
