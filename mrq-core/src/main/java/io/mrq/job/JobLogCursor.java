package io.mrq.job;

/**
 * A place in the lines of a job: after the first {@code lines} lines of a chunk.
 *
 * @param chunk the id of the chunk
 * @param lines how many of its lines lie before the place
 */
public record JobLogCursor(String chunk, int lines) {
  /** Before the first line. */
  public static final JobLogCursor START = new JobLogCursor("0".repeat(24), 0);

  public JobLogCursor {
    HexIds.checked(chunk, "the id of a chunk");
    if (lines < 0) {
      throw new IllegalArgumentException("a cursor lies after lines, not before them");
    }
  }

  /**
   * Reads what {@link #text} wrote.
   *
   * @throws IllegalArgumentException when it did not write this
   */
  public static JobLogCursor parse(String text) {
    String[] parts = text.split("-", -1);
    if (parts.length != 2) {
      throw new IllegalArgumentException("is no place in a log: " + text);
    }
    return new JobLogCursor(parts[0], Integer.parseInt(parts[1]));
  }

  /** For callers, to whom it means nothing. */
  public String text() {
    return chunk + "-" + lines;
  }
}
