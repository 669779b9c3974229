package io.mrq.api.failure;

import java.util.List;

/** Finds the line of a traceback that says what happened. */
final class TracebackMessage {
  private static final String CAUSE = "Caused by: ";
  private static final String PYTHON = "Traceback (most recent call last)";
  private static final int MAX_LENGTH = 300;

  private TracebackMessage() {}

  /**
   * The deepest cause of a Java stack trace, the last line of a Python one, or the first line.
   *
   * @return at most {@value #MAX_LENGTH} characters; empty for an empty traceback
   */
  static String of(String traceback) {
    List<String> lines = traceback.lines().filter(line -> !line.isBlank()).toList();
    if (lines.isEmpty()) {
      return "";
    }
    String line = lines.getFirst();
    if (line.startsWith(PYTHON)) {
      line = lines.getLast();
    } else {
      for (String other : lines) {
        line = other.startsWith(CAUSE) ? other.substring(CAUSE.length()) : line;
      }
    }
    String told = line.strip();
    return told.length() <= MAX_LENGTH ? told : told.substring(0, MAX_LENGTH - 1) + "…";
  }
}
