package io.mrq.benchmarks.worker;

/**
 * How far a worker is.
 *
 * @param began how many runs began
 * @param stored how many outcomes are stored
 * @param firstBegan when the first run began, in microseconds since 1970; 0: none has begun
 * @param lastStored when the latest outcome was stored; 0: none is
 */
public record RunCounts(long began, long stored, long firstBegan, long lastStored) {
  /** Nothing has run. */
  public static final RunCounts NONE = new RunCounts(0, 0, 0, 0);

  /** The counts of two workers together. */
  public RunCounts plus(RunCounts other) {
    return new RunCounts(
        began + other.began,
        stored + other.stored,
        firstBegan == 0 || other.firstBegan == 0
            ? firstBegan + other.firstBegan
            : Math.min(firstBegan, other.firstBegan),
        Math.max(lastStored, other.lastStored));
  }

  String text() {
    return began + " " + stored + " " + firstBegan + " " + lastStored;
  }

  /** Reads what the link carries. */
  public static RunCounts parse(String text) {
    String[] words = text.split(" ", -1);
    return new RunCounts(
        Long.parseLong(words[0]),
        Long.parseLong(words[1]),
        Long.parseLong(words[2]),
        Long.parseLong(words[3]));
  }
}
