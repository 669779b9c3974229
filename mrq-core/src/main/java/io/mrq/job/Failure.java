package io.mrq.job;

import org.jspecify.annotations.Nullable;

/**
 * Why a run did not succeed.
 *
 * @param exceptiontype the exception's simple class name, or one of MRQ's own
 * @param traceback the stack trace, or a sentence; at most {@value #MAX_TRACE} characters
 * @param originalTraceback the trace of the exception that was being handled when the run asked for
 *     a retry or an abort; null when there was none
 * @param origin where the exception came from, for the {@link Fingerprint}; null when there was
 *     none, and in what is read from a store
 */
public record Failure(
    String exceptiontype,
    String traceback,
    @Nullable String originalTraceback,
    @Nullable FailureOrigin origin) {
  /** The longest trace that is stored, in characters; twenty of them fit a document. */
  public static final int MAX_TRACE = 32_768;

  public Failure {
    traceback = bounded(traceback);
    originalTraceback = originalTraceback == null ? null : bounded(originalTraceback);
  }

  /** A failure without an origin. */
  public Failure(String exceptiontype, String traceback, @Nullable String originalTraceback) {
    this(exceptiontype, traceback, originalTraceback, null);
  }

  /** A failure told in one sentence, with no stack trace. */
  public static Failure of(String exceptiontype, String sentence) {
    return new Failure(exceptiontype, sentence, null);
  }

  /** An exception that ended the run. Never throws, whatever the exception's own methods do. */
  public static Failure of(Throwable thrown) {
    return new Failure(
        nameOf(thrown.getClass()), trace(thrown), null, FailureOrigin.readable(thrown));
  }

  /** The same with the beginning of its trace only. */
  Failure shortened(int most) {
    return new Failure(
        exceptiontype, traceback.substring(0, Math.min(most, traceback.length())), null, origin);
  }

  /** The same as a store tells it. */
  public Failure withoutOrigin() {
    return new Failure(exceptiontype, traceback, originalTraceback);
  }

  /** The stack trace of {@code thrown} as text. Never throws. */
  public static String trace(Throwable thrown) {
    return ExceptionText.trace(thrown);
  }

  /** The class and the message of {@code thrown}. Never throws. */
  public static String summary(Throwable thrown) {
    return ExceptionText.summary(thrown);
  }

  private static String nameOf(Class<?> type) {
    String simple = type.getSimpleName();
    return simple.isEmpty() ? type.getName() : simple;
  }

  private static String bounded(String trace) {
    if (trace.length() <= MAX_TRACE) {
      return trace;
    }
    // The head says where it was thrown, the tail says the first cause: both are wanted.
    int half = MAX_TRACE / 2 - 32;
    return trace.substring(0, half)
        + "\n… "
        + (trace.length() - 2 * half)
        + " characters left out …\n"
        + trace.substring(trace.length() - half);
  }
}
