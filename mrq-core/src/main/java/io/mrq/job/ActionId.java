package io.mrq.job;

/**
 * The id of a bulk action, which is also its place in time.
 *
 * @param hex 24 lower-case hex digits, the text form of an ObjectId
 */
public record ActionId(String hex) implements Comparable<ActionId> {
  public ActionId {
    HexIds.checked(hex, "an action id");
  }

  /** A new id, unique among all processes. */
  public static ActionId next() {
    return new ActionId(HexIds.next());
  }

  @Override
  public int compareTo(ActionId other) {
    return hex.compareTo(other.hex);
  }

  @Override
  public String toString() {
    return hex;
  }
}
