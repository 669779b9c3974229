package io.mrq.job;

/**
 * The token of one claim. Together with the id of the worker it fences every later write of a run:
 * a document that has another token is not changed.
 *
 * @param hex 24 lower-case hex digits, the text form of an ObjectId
 */
public record ClaimToken(String hex) {
  public ClaimToken {
    ObjectIds.checked(hex, "a claim token");
  }

  /** Returns a new token, unique among all processes. */
  public static ClaimToken next() {
    return new ClaimToken(ObjectIds.next());
  }

  @Override
  public String toString() {
    return hex;
  }
}
