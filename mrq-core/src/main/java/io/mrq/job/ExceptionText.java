package io.mrq.job;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Exceptions as text, whatever their own methods do. An exception whose {@code getMessage} throws,
 * or runs out of stack or memory, is described by what can be read of it.
 */
final class ExceptionText {
  private static final int MAX_CAUSES = 20;
  private static final int MAX_FRAMES = 100;

  private ExceptionText() {}

  /** Returns the stack trace, as {@link Throwable#printStackTrace} writes it if that works. */
  static String trace(Throwable thrown) {
    String printed = read(() -> printed(thrown));
    return printed == null ? pieced(thrown) : printed;
  }

  /** Returns the class and the message, as {@link Throwable#toString} does if that works. */
  static String summary(Throwable thrown) {
    String text = read(thrown::toString);
    return text == null ? thrown.getClass().getName() : text;
  }

  private static String printed(Throwable thrown) {
    StringWriter text = new StringWriter();
    thrown.printStackTrace(new PrintWriter(text));
    return text.toString();
  }

  /**
   * Builds the text from the class, message and frames, without the exception's own
   * printStackTrace.
   */
  private static String pieced(Throwable thrown) {
    String text =
        read(() -> {
          StringBuilder pieces = new StringBuilder();
          Throwable at = thrown;
          for (int i = 0; at != null && i < MAX_CAUSES; i++) {
            describe(at, pieces.append(i == 0 ? "" : "Caused by: "));
            at = read(at::getCause);
          }
          return pieces.toString();
        });
    return text == null ? thrown.getClass().getName() : text;
  }

  private static void describe(Throwable thrown, StringBuilder text) {
    String message = read(() -> String.valueOf(thrown.getMessage()));
    text.append(thrown.getClass().getName())
        .append(": ")
        .append(message == null ? "(its message cannot be read)" : message)
        .append('\n');
    StackTraceElement[] frames = read(thrown::getStackTrace);
    for (int i = 0; frames != null && i < Math.min(frames.length, MAX_FRAMES); i++) {
      text.append("\tat ").append(frames[i]).append('\n');
    }
  }

  /** Returns what a method of an exception returns; null when it throws anything. */
  static <T> @Nullable T read(Supplier<@Nullable T> method) {
    try {
      return method.get();
    } catch (Throwable e) {
      return null;
    }
  }
}
