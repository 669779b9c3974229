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
}
