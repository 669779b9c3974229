package io.mrq.log;

import io.mrq.job.ObjectIds;
import io.mrq.job.Run;
import java.util.List;

/**
 * Lines of one run that are stored together, as one document.
 *
 * @param id of the document, made by the writer: storing a chunk twice stores it once
 * @param run that logged them
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

  /** A chunk with a new id, which sorts after those that this process made before. */
  public static JobLogChunk of(Run run, List<JobLogLine> lines) {
    return new JobLogChunk(ObjectIds.next(), run, lines);
  }
}
