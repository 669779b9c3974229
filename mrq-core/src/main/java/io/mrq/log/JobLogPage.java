package io.mrq.log;

import java.util.List;

/**
 * Some lines of a job.
 *
 * @param lines oldest first; may be empty
 * @param next where the following lines will be, even when there are none yet
 */
public record JobLogPage(List<JobLogLine> lines, JobLogCursor next) {
  /** With so many characters a page is full, however many lines were asked for. */
  public static final long MAX_CHARACTERS = 2_000_000;

  public JobLogPage {
    lines = List.copyOf(lines);
  }

  /** How many characters these lines have. */
  public static long characters(List<JobLogLine> lines) {
    return lines.stream().mapToLong(line -> line.message().length()).sum();
  }
}
