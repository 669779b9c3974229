package io.mrq.engine.log;

/**
 * How much of what tasks log is kept, in characters.
 *
 * @param line the longest line; of a longer one the beginning is kept
 * @param run what one run may log; the rest is counted and left out
 * @param buffer what may wait for the store in this process; while it is full, lines are counted
 *     and left out, and no task waits
 */
public record JobLogLimits(int line, long run, long buffer) {
  /** 16 Ki characters a line, 1 Mi a run, 8 Mi waiting. */
  public static final JobLogLimits DEFAULT =
      new JobLogLimits(16 * 1024, 1024 * 1024, 8 * 1024 * 1024);

  public JobLogLimits {
    if (line < 1 || run < 1 || buffer < 1) {
      throw new IllegalArgumentException("limits of job logs must be positive");
    }
  }
}
