package io.mrq.log;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A place in the lines of a job. The ids of chunks begin with a second, by the clock of the worker
 * that made them; two workers that run a job one after the other may store theirs in another order.
 * So the cursor names all chunks that were seen of the last {@value #WINDOW_SECONDS} seconds, and
 * others of that time count as new.
 *
 * @param seen what was read of the newest chunks, oldest first; empty before the first line
 */
public record JobLogCursor(List<Seen> seen) {
  /** Before the first line. */
  public static final JobLogCursor START = new JobLogCursor(List.of());

  private static final int WINDOW_SECONDS = 10;
  private static final int MOST = 200;
  private static final int SECONDS_DIGITS = 8;
  private static final String NOTHING_SEEN = "0";
  private static final String FIRST = "0".repeat(24);
  private static final Pattern SEEN = Pattern.compile("([0-9a-f]{24})-(\\d{1,9})");

  /**
   * What was read of a chunk.
   *
   * @param chunk its id
   * @param lines how many of its lines, from the first
   */
  public record Seen(String chunk, int lines) {}

  public JobLogCursor {
    seen = List.copyOf(seen);
  }

  /**
   * Reads what {@link #text} wrote.
   *
   * @throws IllegalArgumentException when it did not write this
   */
  public static JobLogCursor parse(String text) {
    if (text.equals(NOTHING_SEEN)) {
      return START;
    }
    List<Seen> seen = new ArrayList<>();
    for (String part : text.split("\\.", -1)) {
      Matcher matcher = SEEN.matcher(part);
      if (!matcher.matches() || seen.size() == MOST) {
        throw new IllegalArgumentException("is no place in a log: " + text);
      }
      seen.add(new Seen(matcher.group(1), Integer.parseInt(matcher.group(2))));
    }
    return new JobLogCursor(seen);
  }

  /** For callers, to whom it means nothing. */
  public String text() {
    return seen.isEmpty()
        ? NOTHING_SEEN
        : seen.stream().map(s -> s.chunk() + "-" + s.lines()).collect(Collectors.joining("."));
  }

  /** The id from which on chunks may hold lines that were not read. */
  public String from() {
    return seen.isEmpty() ? FIRST : windowBefore(seen.getLast().chunk());
  }

  /** The id with which the time begins that counts as recent when this chunk is the newest. */
  public static String windowBefore(String newest) {
    long seconds = Long.parseLong(newest.substring(0, SECONDS_DIGITS), 16) - WINDOW_SECONDS;
    return "%08x".formatted(Math.max(0, seconds)) + FIRST.substring(SECONDS_DIGITS);
  }

  /** How many lines of this chunk were read. */
  public int linesOf(String chunk) {
    return seen.stream().filter(s -> s.chunk().equals(chunk)).mapToInt(Seen::lines).sum();
  }

  /** The place after so many lines of a chunk were read. */
  public JobLogCursor with(String chunk, int lines) {
    List<Seen> all = new ArrayList<>(seen);
    all.removeIf(s -> s.chunk().equals(chunk));
    all.add(new Seen(chunk, lines));
    all.sort(Comparator.comparing(Seen::chunk));
    String window = windowBefore(all.getLast().chunk());
    all.removeIf(s -> s.chunk().compareTo(window) < 0);
    return new JobLogCursor(all.subList(Math.max(0, all.size() - MOST), all.size()));
  }
}
