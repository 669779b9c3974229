package io.mrq.job;

/**
 * The id of one lease of a worker process: new at every start of the process, and each time that it
 * has lost its lease.
 *
 * @param hex 24 lower-case hex digits, the text form of an ObjectId
 */
public record WorkerId(String hex) {
  public WorkerId {
    ObjectIds.checked(hex, "a worker id");
  }

  /** Returns a new id, unique among all processes. */
  public static WorkerId next() {
    return new WorkerId(ObjectIds.next());
  }

  @Override
  public String toString() {
    return hex;
  }
}
