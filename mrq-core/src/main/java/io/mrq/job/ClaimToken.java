package io.mrq.job;

/**
 * New for every claim call. With the worker id it fences every later write of the run (protocol
 * §1).
 *
 * @param hex 24 lower-case hex digits, the text form of an ObjectId
 */
public record ClaimToken(String hex) {
  public ClaimToken {
    ObjectIds.checked(hex, "a claim token");
  }

  /** A new id, unique among all processes. */
  public static ClaimToken next() {
    return new ClaimToken(ObjectIds.next());
  }

  @Override
  public String toString() {
    return hex;
  }
}
