package io.mrq.job;

/**
 * The id of one lease of a worker process: new at every start of the process, and each time that it
 * has lost its lease.
 */
public final class WorkerId extends BinaryId {
  /**
   * Makes an id of its text.
   *
   * @param hex 24 lower-case hex digits, the text form of an ObjectId
   * @throws IllegalArgumentException when it is any other text
   */
  public WorkerId(String hex) {
    super(hex, "a worker id");
  }

  /** Makes an id of its twelve bytes, see {@link #head} and {@link #tail}. */
  public WorkerId(long head, int tail) {
    super(head, tail);
  }

  /** Returns a new id, unique among all processes. */
  public static WorkerId next() {
    int count = ObjectIds.nextCount();
    return new WorkerId(ObjectIds.head(), ObjectIds.tail(count));
  }
}
