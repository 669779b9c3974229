package io.mrq.job;

import java.time.Instant;

/**
 * The id of a job. It also tells when the job was made, since its first four bytes are the seconds
 * of that moment, so ids sort by time.
 */
public final class JobId extends BinaryId implements Comparable<JobId> {
  private static final long MAX_SECONDS = 0xffff_ffffL;

  /**
   * Makes an id of its text.
   *
   * @param hex 24 lower-case hex digits, the text form of an ObjectId
   * @throws IllegalArgumentException when it is any other text
   */
  public JobId(String hex) {
    super(hex, "a job id");
  }

  /** Makes an id of its twelve bytes, see {@link #head} and {@link #tail}. */
  public JobId(long head, int tail) {
    super(head, tail);
  }

  /** Returns a new id, unique among all processes. */
  public static JobId next() {
    int count = ObjectIds.nextCount();
    return new JobId(ObjectIds.head(), ObjectIds.tail(count));
  }

  /**
   * Returns the least id that a job can have which is made at this moment or later. Ids count whole
   * seconds, so it is an id of the next full second.
   */
  public static JobId least(Instant moment) {
    long seconds = moment.getEpochSecond() + (moment.getNano() == 0 ? 0 : 1);
    return new JobId(Math.clamp(seconds, 0L, MAX_SECONDS) << 32, 0);
  }

  /** Returns when the id was made, to the second. */
  public Instant date() {
    return Instant.ofEpochSecond(head() >>> 32);
  }

  @Override
  public int compareTo(JobId other) {
    return order(other);
  }
}
