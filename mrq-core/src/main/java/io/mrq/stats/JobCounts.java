package io.mrq.stats;

/**
 * What happened to jobs in some span of time.
 *
 * @param enqueued stored for the first time, delayed ones included
 * @param succeeded runs that ended in {@code success}
 * @param failed runs that ended in {@code failed}, {@code timeout}, {@code maxretries}, {@code
 *     maxconcurrency} or {@code abort}
 * @param retried runs that asked for another attempt
 */
public record JobCounts(long enqueued, long succeeded, long failed, long retried) {
  /** Nothing happened. */
  public static final JobCounts ZERO = new JobCounts(0, 0, 0, 0);

  /** Both together. */
  public JobCounts plus(JobCounts other) {
    return new JobCounts(
        enqueued + other.enqueued,
        succeeded + other.succeeded,
        failed + other.failed,
        retried + other.retried);
  }

  /** Runs after which the job rests, whatever their outcome. */
  public long finished() {
    return succeeded + failed;
  }
}
