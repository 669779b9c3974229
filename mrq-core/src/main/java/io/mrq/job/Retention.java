package io.mrq.job;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How long a job is kept after it has ended, by the status in which it ended. Each time must be
 * more than zero.
 *
 * @param success default 7 days
 * @param abort default 1 day
 * @param cancel default 1 day
 * @param other for every other final status, default 180 days
 */
public record Retention(Duration success, Duration abort, Duration cancel, Duration other) {
  /** The default times. */
  public static final Retention DEFAULT =
      new Retention(
          Duration.ofDays(7), Duration.ofDays(1), Duration.ofDays(1), Duration.ofDays(180));

  public Retention {
    for (Duration d : new Duration[] {success, abort, cancel, other}) {
      if (d.isNegative() || d.isZero()) {
        throw new IllegalArgumentException(
            "the time that documents are kept must be positive, but is " + d);
      }
    }
  }

  /**
   * Returns when a job that becomes {@code status} now is to be deleted.
   *
   * @param jobTtl the time that the job itself asks for; null: none
   * @return at most {@link TimeHorizon#LONGEST} from now; null when the status is not final,
   *     because a job that waits or runs is never deleted
   */
  public @Nullable Instant expiry(JobStatus status, Instant now, @Nullable Duration jobTtl) {
    if (!status.isFinal()) {
      return null;
    }
    return now.plus(TimeHorizon.within(jobTtl == null ? ofStatus(status) : jobTtl));
  }

  private Duration ofStatus(JobStatus status) {
    return switch (status) {
      case SUCCESS -> success;
      case ABORT -> abort;
      case CANCEL -> cancel;
      case FAILED, TIMEOUT, MAXRETRIES, MAXCONCURRENCY, QUEUED, STARTED, RETRY, INTERRUPT -> other;
    };
  }
}
