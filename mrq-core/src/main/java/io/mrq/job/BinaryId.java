package io.mrq.job;

import org.jspecify.annotations.Nullable;

/**
 * An id of twelve bytes in the layout of {@link ObjectIds}, kept as two numbers: a worker compares
 * and stores ids many times a job, and rarely shows their text.
 */
public abstract sealed class BinaryId permits JobId, WorkerId, ClaimToken {
  private final long head;
  private final int tail;
  private @Nullable String text;

  /**
   * Reads an id.
   *
   * @param what names the id when the text is none
   * @throws IllegalArgumentException when the text is not 24 lower-case hex digits
   */
  BinaryId(String hex, String what) {
    ObjectIds.checked(hex, what);
    this.head = ObjectIds.number(hex, 0, 16);
    this.tail = (int) ObjectIds.number(hex, 16, 24);
    this.text = hex;
  }

  BinaryId(long head, int tail) {
    this.head = head;
    this.tail = tail;
  }

  /** The text form of the id: 24 lower-case hex digits, as of an ObjectId. */
  public final String hex() {
    // Threads may make the text twice; both are equal.
    String made = text;
    if (made == null) {
      made = ObjectIds.hex(head, tail);
      text = made;
    }
    return made;
  }

  /** The first eight of the twelve bytes, the first one highest. */
  public final long head() {
    return head;
  }

  /** The last four of the twelve bytes, the first one highest. */
  public final int tail() {
    return tail;
  }

  /** Whether one process made both ids. */
  final boolean isOfProcessOf(BinaryId other) {
    return (int) head == (int) other.head && tail >>> 24 == other.tail >>> 24;
  }

  final int order(BinaryId other) {
    int heads = Long.compareUnsigned(head, other.head);
    return heads != 0 ? heads : Integer.compareUnsigned(tail, other.tail);
  }

  /** Equal is an id of the same type with the same bytes. */
  @Override
  public final boolean equals(@Nullable Object other) {
    return other instanceof BinaryId id
        && head == id.head
        && tail == id.tail
        && getClass() == id.getClass();
  }

  @Override
  public final int hashCode() {
    // The counter at the end differs most; the seconds tell ids of several processes apart.
    return tail * 31 + (int) (head >>> 32) + (int) head;
  }

  @Override
  public final String toString() {
    return hex();
  }
}
