package io.mrq.stats;

/**
 * How many jobs were enqueued and ended in a span of time.
 *
 * @param enqueued jobs that were stored, delayed ones included
 * @param succeeded runs that ended in {@code success}
 * @param failed runs that ended in {@code failed}, {@code timeout}, {@code maxretries}, {@code
 *     maxconcurrency} or {@code abort}
 * @param retried runs that asked for another attempt
 */
public record JobCounts(long enqueued, long succeeded, long failed, long retried) {
  /** No jobs at all. */
  public static final JobCounts ZERO = new JobCounts(0, 0, 0, 0);

  /** The sum of both. */
  public JobCounts plus(JobCounts other) {
    return new JobCounts(
        enqueued + other.enqueued,
        succeeded + other.succeeded,
        failed + other.failed,
        retried + other.retried);
  }

  /** Runs that ended with a final status. */
  public long finished() {
    return succeeded + failed;
  }
}
