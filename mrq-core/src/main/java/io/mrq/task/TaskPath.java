package io.mrq.task;

/** What a path of a task may look like. */
public final class TaskPath {
  private static final int MAX_LENGTH = 200;

  /** What a path must be, as the end of a sentence that begins with its name. */
  public static final String RULE =
      "must be at most %d characters without blanks".formatted(MAX_LENGTH);

  private TaskPath() {}

  /** Whether a path obeys {@link #RULE}; an empty one does. */
  public static boolean isLegal(String path) {
    return path.length() <= MAX_LENGTH && path.chars().noneMatch(c -> c <= ' ' || c == 127);
  }
}
