package io.mrq.log;

import io.mrq.job.ObjectIds;
import io.mrq.job.Run;
import java.util.List;

/**
 * Lines of one run that are stored together, as one document.
 *
 * @param id the id of the document, chosen by the writer, so that a repeated write stores it once
 * @param run the run that logged the lines
 * @param lines at least one, oldest first
 */
public record JobLogChunk(String id, Run run, List<JobLogLine> lines) {
  public JobLogChunk {
    ObjectIds.checked(id, "the id of a chunk");
    lines = List.copyOf(lines);
    if (lines.isEmpty()) {
      throw new IllegalArgumentException("a chunk needs a line");
    }
  }

  /** A chunk with a new id, which sorts after all earlier ids of this process. */
  public static JobLogChunk of(Run run, List<JobLogLine> lines) {
    return new JobLogChunk(ObjectIds.next(), run, lines);
  }
}
