package io.mrq.job;

/**
 * The id of a job, which is also its place in time: the first four bytes are the seconds of its
 * making.
 *
 * @param hex 24 lower-case hex digits, the text form of an ObjectId
 */
public record JobId(String hex) implements Comparable<JobId> {
  public JobId {
    HexIds.checked(hex, "a job id");
  }

  /** A new id, unique among all processes. */
  public static JobId next() {
    return new JobId(HexIds.next());
  }

  @Override
  public int compareTo(JobId other) {
    return hex.compareTo(other.hex);
  }

  @Override
  public String toString() {
    return hex;
  }
}
