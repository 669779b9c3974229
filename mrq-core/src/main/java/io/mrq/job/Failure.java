package io.mrq.job;

import org.jspecify.annotations.Nullable;

/**
 * Why a run did not succeed.
 *
 * @param exceptiontype the simple name of the exception's class, or a name of MRQ's own
 * @param traceback the stack trace, or a sentence; a text longer than {@value #MAX_TRACE}
 *     characters loses its middle
 * @param originalTraceback the stack trace of the exception that the task handled when it asked for
 *     a retry or aborted; null: none
 * @param origin where the exception came from, for the {@link Fingerprint}; null when there was no
 *     exception, and in a failure that is read from a store
 */
public record Failure(
    String exceptiontype,
    String traceback,
    @Nullable String originalTraceback,
    @Nullable FailureOrigin origin) {
  /** The longest stack trace that is stored, in characters; a document has room for twenty. */
  public static final int MAX_TRACE = 32_768;

  public Failure {
    traceback = bounded(traceback);
    originalTraceback = originalTraceback == null ? null : bounded(originalTraceback);
  }

  /** Makes a failure without an origin. */
  public Failure(String exceptiontype, String traceback, @Nullable String originalTraceback) {
    this(exceptiontype, traceback, originalTraceback, null);
  }

  /** Returns a failure that one sentence describes, without a stack trace. */
  public static Failure of(String exceptiontype, String sentence) {
    return new Failure(exceptiontype, sentence, null);
  }

  /** Returns the failure of an exception. Never throws, whatever the exception's methods do. */
  public static Failure of(Throwable thrown) {
    return new Failure(
        nameOf(thrown.getClass()), trace(thrown), null, FailureOrigin.readable(thrown));
  }

  /** Returns this failure with only the beginning of its stack trace. */
  Failure shortened(int most) {
    return new Failure(
        exceptiontype, traceback.substring(0, Math.min(most, traceback.length())), null, origin);
  }

  /** Returns this failure as it is when it is read from a store. */
  public Failure withoutOrigin() {
    return new Failure(exceptiontype, traceback, originalTraceback);
  }

  /** Returns the stack trace of an exception as text. Never throws. */
  public static String trace(Throwable thrown) {
    return ExceptionText.trace(thrown);
  }

  /** Returns the class and the message of an exception. Never throws. */
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
    // The beginning says where it was thrown, and the end says what the first cause was.
    int half = MAX_TRACE / 2 - 32;
    return trace.substring(0, half)
        + "\n… "
        + (trace.length() - 2 * half)
        + " characters left out …\n"
        + trace.substring(trace.length() - half);
  }
}
