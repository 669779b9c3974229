package io.mrq.failure;

import io.mrq.job.JobId;
import io.mrq.job.JobStatus;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Jobs that have failed in the same way: of one task, with one exception type and one fingerprint.
 *
 * @param path the task
 * @param exceptiontype of their last failure
 * @param fingerprint see {@link io.mrq.job.Fingerprint}; null when Python wrote the failures
 * @param statuses how many of the jobs are in each status; never empty
 * @param first when the earliest of their last failures happened, which changes when jobs are
 *     requeued and fail again; null when no failure has a date
 * @param last when the latest of their last failures happened; null when no failure has a date
 * @param history how many of the jobs failed last in each of the last {@value #HOURS} hours by the
 *     clock, oldest first; the last one is the hour that has begun
 * @param sample the newest of the jobs by id
 * @param oldest the oldest of the jobs by id
 */
public record FailureGroup(
    String path,
    String exceptiontype,
    @Nullable String fingerprint,
    Map<JobStatus, Long> statuses,
    @Nullable Instant first,
    @Nullable Instant last,
    List<Long> history,
    JobId sample,
    JobId oldest) {
  /** The length of the history in hours. */
  public static final int HOURS = 24;

  public FailureGroup {
    statuses = Map.copyOf(statuses);
    history = List.copyOf(history);
  }

  /** This group with another first date. */
  public FailureGroup first(@Nullable Instant date) {
    return new FailureGroup(
        path, exceptiontype, fingerprint, statuses, date, last, history, sample, oldest);
  }

  /** How many jobs the group has. */
  public long count() {
    return statuses.values().stream().mapToLong(Long::longValue).sum();
  }
}
