package io.mrq.embedded;

import org.jspecify.annotations.Nullable;

/**
 * An embedded store cannot start. The message is one sentence that says what is wrong and where;
 * {@link #action()} says what to do about it.
 */
public final class EmbeddedStoreException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** What keeps a store from starting. */
  public enum Problem {
    /** Another process uses the data folder. */
    FOLDER_LOCKED,
    /** The data folder cannot be made or written. */
    FOLDER_NOT_WRITABLE,
    /** The file of the store cannot be read. */
    STORE_DAMAGED,
    /** Another process listens on the port. */
    PORT_IN_USE,
    /** No Redis program runs on this machine, or it ended at once. */
    REDIS_NOT_RUNNABLE
  }

  private final Problem problem;
  private final String action;

  EmbeddedStoreException(
      Problem problem, String message, String action, @Nullable Throwable cause) {
    super(message, cause);
    this.problem = problem;
    this.action = action;
  }

  public Problem problem() {
    return problem;
  }

  /** What the operator can do, in one or two sentences. */
  public String action() {
    return action;
  }
}
