package io.mrq.engine.claim;

/**
 * What came of a claim.
 *
 * @param started how many jobs were started, each in its slot
 * @param wonNothing whether it is known that no job was won: all have gone elsewhere
 */
public record Claimed(int started, boolean wonNothing) {
  /** No job was won. */
  static final Claimed NOTHING = new Claimed(0, true);

  /** Nothing was started here; the store may say that this worker has won jobs. */
  static final Claimed UNKNOWN = new Claimed(0, false);
}
