package io.mrq.api.problem;

/** Ends the request with a problem. */
public class ProblemException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Problem problem;

  /** Ends the request with this problem. */
  public ProblemException(Problem problem) {
    // It is an answer, not a fault: nobody reads its stack trace.
    super(problem.detail(), null, false, false);
    this.problem = problem;
  }

  /** What the caller is told. */
  public Problem problem() {
    return problem;
  }
}
