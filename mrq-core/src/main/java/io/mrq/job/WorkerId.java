package io.mrq.job;

/**
 * One lease of a worker process: new at every process start and after each loss of the lease
 * (protocol §1).
 *
 * @param hex 24 lower-case hex digits, the text form of an ObjectId
 */
public record WorkerId(String hex) {
  public WorkerId {
    ObjectIds.checked(hex, "a worker id");
  }

  /** A new id, unique among all processes. */
  public static WorkerId next() {
    return new WorkerId(ObjectIds.next());
  }

  @Override
  public String toString() {
    return hex;
  }
}
