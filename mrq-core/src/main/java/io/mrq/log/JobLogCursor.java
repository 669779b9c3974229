package io.mrq.log;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A place in the log of a job. The id of a chunk begins with a time in seconds, by the clock of the
 * worker that wrote it. Two workers that run a job one after the other may store their chunks in
 * another order. The cursor therefore names all chunks of the last {@value #WINDOW_SECONDS} seconds
 * that were read; other chunks of that time count as new.
 *
 * @param seen what was read of the newest chunks, oldest first; empty before the first line
 */
public record JobLogCursor(List<Seen> seen) {
  /** Before the first line. */
  public static final JobLogCursor START = new JobLogCursor(List.of());

  private static final int WINDOW_SECONDS = 10;
  private static final int MAX_CHUNKS = 200;
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
   * The cursor with this {@link #text}.
   *
   * @throws IllegalArgumentException for any other text
   */
  public static JobLogCursor parse(String text) {
    if (text.equals(NOTHING_SEEN)) {
      return START;
    }
    List<Seen> seen = new ArrayList<>();
    for (String part : text.split("\\.", -1)) {
      Matcher matcher = SEEN.matcher(part);
      if (!matcher.matches() || seen.size() == MAX_CHUNKS) {
        throw new IllegalArgumentException("is not a place in a log: " + text);
      }
      seen.add(new Seen(matcher.group(1), Integer.parseInt(matcher.group(2))));
    }
    return new JobLogCursor(seen);
  }

  /** The text form, which is opaque to callers. */
  public String text() {
    return seen.isEmpty()
        ? NOTHING_SEEN
        : seen.stream().map(s -> s.chunk() + "-" + s.lines()).collect(Collectors.joining("."));
  }

  /** The first id of a chunk that may have lines that were not read. */
  public String from() {
    return seen.isEmpty() ? FIRST : windowBefore(seen.getLast().chunk());
  }

  /** The first possible id in the window of recent chunks before the newest one. */
  public static String windowBefore(String newest) {
    long seconds = Long.parseLong(newest.substring(0, SECONDS_DIGITS), 16) - WINDOW_SECONDS;
    return "%08x".formatted(Math.max(0, seconds)) + FIRST.substring(SECONDS_DIGITS);
  }

  /** How many lines of this chunk have been read. */
  public int linesOf(String chunk) {
    return seen.stream().filter(s -> s.chunk().equals(chunk)).mapToInt(Seen::lines).sum();
  }

  /** The place after this many lines of a chunk have been read. */
  public JobLogCursor with(String chunk, int lines) {
    List<Seen> all = new ArrayList<>(seen);
    all.removeIf(s -> s.chunk().equals(chunk));
    all.add(new Seen(chunk, lines));
    all.sort(Comparator.comparing(Seen::chunk));
    String window = windowBefore(all.getLast().chunk());
    all.removeIf(s -> s.chunk().compareTo(window) < 0);
    return new JobLogCursor(all.subList(Math.max(0, all.size() - MAX_CHUNKS), all.size()));
  }
}
