package io.mrq.job;

import org.jspecify.annotations.Nullable;

/**
 * What a run says about itself beside its outcome; stored with its end. Null leaves what is stored.
 *
 * @param progress 0 … 1, see {@link #checkedProgress}
 * @param trace the job's context with the run's own span in it, to which the next attempt links
 */
public record RunNotes(@Nullable Double progress, @Nullable TraceContext trace) {
  /** Nothing to say. */
  public static final RunNotes NONE = new RunNotes(null, null);

  /**
   * A ratio as it is stored: below 0 is 0, above 1 is 1.
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
