package io.mrq.job;

/**
 * The token of one claim. Together with the id of the worker it fences every later write of a run:
 * a document that has another token is not changed.
 */
public final class ClaimToken extends BinaryId {
  /**
   * Makes a token of its text.
   *
   * @param hex 24 lower-case hex digits, the text form of an ObjectId
   * @throws IllegalArgumentException when it is any other text
   */
  public ClaimToken(String hex) {
    super(hex, "a claim token");
  }

  /** Makes a token of its twelve bytes, see {@link #head} and {@link #tail}. */
  public ClaimToken(long head, int tail) {
    super(head, tail);
  }

  /** Returns a new token, unique among all processes. */
  public static ClaimToken next() {
    int count = ObjectIds.nextCount();
    return new ClaimToken(ObjectIds.head(), ObjectIds.tail(count));
  }
}
