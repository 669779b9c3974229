package io.mrq.log;

import java.util.List;

/**
 * Lines of a job.
 *
 * @param lines oldest first; may be empty
 * @param next the place after these lines, from which later lines can be read
 */
public record JobLogPage(List<JobLogLine> lines, JobLogCursor next) {
  /** A page ends when it has this many characters, however many lines were asked for. */
  public static final long MAX_CHARACTERS = 2_000_000;

  public JobLogPage {
    lines = List.copyOf(lines);
  }

  /** The number of characters in these lines. */
  public static long characters(List<JobLogLine> lines) {
    return lines.stream().mapToLong(line -> line.message().length()).sum();
  }
}
