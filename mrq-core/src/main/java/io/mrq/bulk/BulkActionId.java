package io.mrq.bulk;

import io.mrq.job.ObjectIds;

/**
 * The id of a bulk action. Ids sort by the time at which they were made.
 *
 * @param hex 24 lower-case hex digits, the text form of an ObjectId
 */
public record BulkActionId(String hex) implements Comparable<BulkActionId> {
  public BulkActionId {
    ObjectIds.checked(hex, "an action id");
  }

  /** A new id, unique among all processes. */
  public static BulkActionId next() {
    return new BulkActionId(ObjectIds.next());
  }

  @Override
  public int compareTo(BulkActionId other) {
    return hex.compareTo(other.hex);
  }

  @Override
  public String toString() {
    return hex;
  }
}
