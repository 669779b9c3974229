package io.mrq.job;

import org.jspecify.annotations.Nullable;

/**
 * What a run told beside its outcome, and what is stored with it. A component that is null leaves
 * what is stored.
 *
 * @param progress 0 … 1, see {@link #checkedProgress}
 * @param trace the trace context of the job with the span of the run in it, to which the next
 *     attempt links
 */
public record RunNotes(@Nullable Double progress, @Nullable TraceContext trace) {
  /** No notes. */
  public static final RunNotes NONE = new RunNotes(null, null);

  /**
   * Returns a ratio in the form in which it is stored: below 0 it is 0, above 1 it is 1.
   *
   * @throws IllegalArgumentException when it is not a number
   */
  public static double checkedProgress(double ratio) {
    if (Double.isNaN(ratio)) {
      throw new IllegalArgumentException("progress must be a number between 0 and 1");
    }
    return Math.clamp(ratio, 0.0, 1.0);
  }
}
