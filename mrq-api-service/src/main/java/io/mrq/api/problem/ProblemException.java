package io.mrq.api.problem;

import org.jspecify.annotations.Nullable;

/** Ends the request with a problem. */
public class ProblemException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Problem problem;

  public ProblemException(Problem problem) {
    this(problem, null);
  }

  /**
   * Ends the request with a problem that something else has caused.
   *
   * @param cause for the log of this service
   */
  public ProblemException(Problem problem, @Nullable RuntimeException cause) {
    // An answer to the caller, whose stack trace nobody needs.
    super(problem.detail(), cause, false, false);
    this.problem = problem;
  }

  /** The answer to the caller. */
  public Problem problem() {
    return problem;
  }
}
