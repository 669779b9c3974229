package io.mrq.job;

import java.time.Instant;
import java.util.HexFormat;

/**
 * The id of a job. It also tells when the job was made, since its first four bytes are the seconds
 * of that moment, so ids sort by time.
 *
 * @param hex 24 lower-case hex digits, the text form of an ObjectId
 */
public record JobId(String hex) implements Comparable<JobId> {
  private static final long MAX_SECONDS = 0xffff_ffffL;

  public JobId {
    ObjectIds.checked(hex, "a job id");
  }

  /** Returns a new id, unique among all processes. */
  public static JobId next() {
    return new JobId(ObjectIds.next());
  }

  /**
   * Returns the least id that a job can have which is made at this moment or later. Ids count whole
   * seconds, so it is an id of the next full second.
   */
  public static JobId least(Instant moment) {
    long seconds = moment.getEpochSecond() + (moment.getNano() == 0 ? 0 : 1);
    return new JobId(
        HexFormat.of().toHexDigits((int) Math.clamp(seconds, 0L, MAX_SECONDS)) + "0".repeat(16));
  }

  /** Returns when the id was made, to the second. */
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
