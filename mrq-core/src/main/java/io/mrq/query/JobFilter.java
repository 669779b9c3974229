package io.mrq.query;

import io.mrq.job.JobId;
import io.mrq.job.JobStatus;
import io.mrq.job.WorkerId;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which jobs to list: all given conditions hold, each by equality but the two dates. Built by
 * steps: {@code JobFilter.ALL.queue("mails").statuses(Set.of(FAILED))}.
 *
 * @param statuses any of these; empty: any status
 * @param queue null: any
 * @param path null: any
 * @param worker null: any
 * @param exceptiontype null: any
 * @param fingerprint null: any
 * @param parent the job whose run enqueued them; null: any
 * @param since made then or later, by the date in the id, which counts whole seconds; null: ever
 * @param until made before then, likewise; null: ever
 */
public record JobFilter(
    Set<JobStatus> statuses,
    @Nullable String queue,
    @Nullable String path,
    @Nullable WorkerId worker,
    @Nullable String exceptiontype,
    @Nullable String fingerprint,
    @Nullable JobId parent,
    @Nullable Instant since,
    @Nullable Instant until) {
  /** Passes every job. */
  public static final JobFilter ALL =
      new JobFilter(Set.of(), null, null, null, null, null, null, null, null);

  public JobFilter {
    statuses = Set.copyOf(statuses);
  }

  /** With these statuses instead. */
  public JobFilter statuses(Set<JobStatus> any) {
    return new JobFilter(
        any, queue, path, worker, exceptiontype, fingerprint, parent, since, until);
  }

  /** With this queue instead. */
  public JobFilter queue(@Nullable String name) {
    return new JobFilter(
        statuses, name, path, worker, exceptiontype, fingerprint, parent, since, until);
  }

  /** With this task instead. */
  public JobFilter path(@Nullable String task) {
    return new JobFilter(
        statuses, queue, task, worker, exceptiontype, fingerprint, parent, since, until);
  }

  /** With this worker instead. */
  public JobFilter worker(@Nullable WorkerId id) {
    return new JobFilter(
        statuses, queue, path, id, exceptiontype, fingerprint, parent, since, until);
  }

  /** With this exception type instead. */
  public JobFilter exceptiontype(@Nullable String type) {
    return new JobFilter(statuses, queue, path, worker, type, fingerprint, parent, since, until);
  }

  /** With this fingerprint instead. */
  public JobFilter fingerprint(@Nullable String text) {
    return new JobFilter(statuses, queue, path, worker, exceptiontype, text, parent, since, until);
  }

  /** With this parent instead. */
  public JobFilter parent(@Nullable JobId id) {
    return new JobFilter(
        statuses, queue, path, worker, exceptiontype, fingerprint, id, since, until);
  }

  /** With this first date instead. */
  public JobFilter since(@Nullable Instant date) {
    return new JobFilter(
        statuses, queue, path, worker, exceptiontype, fingerprint, parent, date, until);
  }

  /** With this end instead. */
  public JobFilter until(@Nullable Instant date) {
    return new JobFilter(
        statuses, queue, path, worker, exceptiontype, fingerprint, parent, since, date);
  }
}
