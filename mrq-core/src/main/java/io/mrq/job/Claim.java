package io.mrq.job;

/**
 * One claim call of one worker: the two keys that every job won by it carries.
 *
 * @param worker who claims
 * @param token new for this call
 */
public record Claim(WorkerId worker, ClaimToken token) {
  /** A new claim of this worker. */
  public static Claim by(WorkerId worker) {
    return new Claim(worker, ClaimToken.next());
  }

  /**
   * Whether the worker can have made the token: both come from one process. False for a run of
   * Python's, whose workers write their own id and leave the token of an earlier run as it is.
   */
  public boolean isGenuine() {
    return ObjectIds.ofOneProcess(worker.hex(), token.hex());
  }
}
