package io.mrq.api.problem;

/** Ends the request with a problem. */
public class ProblemException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Problem problem;

  public ProblemException(Problem problem) {
    // An answer to the caller, whose stack trace nobody needs.
    super(problem.detail(), null, false, false);
    this.problem = problem;
  }

  /** The answer to the caller. */
  public Problem problem() {
    return problem;
  }
}
