package io.mrq.job;

import java.time.Instant;
import java.util.HexFormat;

/**
 * The id of a job, which is also its place in time: the first four bytes are the seconds of its
 * making.
 *
 * @param hex 24 lower-case hex digits, the text form of an ObjectId
 */
public record JobId(String hex) implements Comparable<JobId> {
  private static final long MAX_SECONDS = 0xffff_ffffL;

  public JobId {
    ObjectIds.checked(hex, "a job id");
  }

  /** A new id, unique among all processes. */
  public static JobId next() {
    return new JobId(ObjectIds.next());
  }

  /**
   * The least id that a job made at this moment or later can have; ids count whole seconds, so it
   * is of the next full one.
   */
  public static JobId least(Instant moment) {
    long seconds = moment.getEpochSecond() + (moment.getNano() == 0 ? 0 : 1);
    return new JobId(
        HexFormat.of().toHexDigits((int) Math.clamp(seconds, 0L, MAX_SECONDS)) + "0".repeat(16));
  }

  /** When it was made, to the second. */
  public Instant date() {
    return Instant.ofEpochSecond(HexFormat.fromHexDigitsToLong(hex, 0, 8));
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
