package io.mrq.job;

/**
 * One claim by one worker. Every job that it wins has this worker and this token.
 *
 * @param worker who claims
 * @param token new for this claim
 */
public record Claim(WorkerId worker, ClaimToken token) {
  /** Returns a new claim of this worker. */
  public static Claim by(WorkerId worker) {
    return new Claim(worker, ClaimToken.next());
  }

  /**
   * Whether the worker may have made the token, because one process made both ids. It is false for
   * a run of Python MRQ, whose workers write their own id and leave the token of an earlier run.
   */
  public boolean isGenuine() {
    return worker.isOfProcessOf(token);
  }
}
