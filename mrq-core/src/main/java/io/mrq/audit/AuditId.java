package io.mrq.audit;

import io.mrq.job.ObjectIds;

/**
 * The id of an audit entry; later entries have larger ids.
 *
 * @param hex 24 lower-case hex digits, the text form of an ObjectId
 */
public record AuditId(String hex) implements Comparable<AuditId> {
  public AuditId {
    ObjectIds.checked(hex, "an audit id");
  }

  /** A new id, unique among all processes. */
  public static AuditId next() {
    return new AuditId(ObjectIds.next());
  }

  @Override
  public int compareTo(AuditId other) {
    return hex.compareTo(other.hex);
  }

  @Override
  public String toString() {
    return hex;
  }
}
