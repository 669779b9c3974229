package io.mrq.engine.claim;

/**
 * The result of a claim.
 *
 * @param started how many jobs were started, each in its slot
 * @param wonNothing whether it is known that no job was won, because other workers have them all
 */
public record Claimed(int started, boolean wonNothing) {
  /** No job was won. */
  static final Claimed NOTHING = new Claimed(0, true);

  /** No job was started here, but this worker may have won some. */
  static final Claimed UNKNOWN = new Claimed(0, false);
}
