package io.mrq.engine.claim;

/**
 * The result of a claim.
 *
 * @param kept how many of the reserved places the claim keeps: each is of a job that it won, and
 *     that has started or is about to
 * @param wonNothing whether it is known that no job was won, because other workers have them all
 */
public record Claimed(int kept, boolean wonNothing) {
  /** No job was won. */
  static final Claimed NOTHING = new Claimed(0, true);

  /** No place is kept, but this worker may have won jobs. */
  static final Claimed UNKNOWN = new Claimed(0, false);
}
