package io.mrq.job;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The one write that ends a run: everything that it sets, computed from the {@link JobOutcome}
 * before any store is asked.
 *
 * @param run the fence
 * @param transition the row of the table
 * @param ended now
 * @param totaltime from the claim to the end
 * @param result only of a success; null stores none
 * @param failure null on success and for a job that was put back
 * @param fingerprint of the failure; null without one
 * @param dateexpires only of a final status
 * @param next where and when it goes on; null unless it becomes {@code queued} or {@code retry}
 * @param notes what the run said about itself
 * @param inHistory whether the history gets a line about the failure
 */
public record Completion(
    Run run,
    JobTransition transition,
    Instant ended,
    Duration totaltime,
    @Nullable Object result,
    @Nullable Failure failure,
    @Nullable String fingerprint,
    @Nullable Instant dateexpires,
    @Nullable Next next,
    RunNotes notes,
    boolean inHistory) {
  /** The longest trace of a {@link #minimal} end, in characters. */
  private static final int MINIMAL_TRACE = 1000;

  /**
   * How a job goes on that is to run again.
   *
   * @param queue where
   * @param date when: {@code datequeued} of a queued job, {@code dateretry} of a retry
   * @param order its new place
   * @param retryCount retries used up, this one included
   */
  public record Next(String queue, Instant date, long order, int retryCount) {}

  /**
   * The write for an outcome.
   *
   * @param job as it was claimed
   * @param retention how long its task's documents are kept
   */
  public static Completion of(
      Job job, Claim claim, JobOutcome outcome, Retention retention, Instant now) {
    return switch (outcome) {
      case JobOutcome.Succeeded(Object result) ->
          ended(job, claim, JobTransition.SUCCEED, result, null, retention, now);
      case JobOutcome.Failed(Failure failure) ->
          ended(job, claim, JobTransition.FAIL, null, failure, retention, now);
      case JobOutcome.TimedOut(Failure failure) ->
          ended(job, claim, JobTransition.TIME_OUT, null, failure, retention, now);
      case JobOutcome.Aborted(Failure failure) ->
          ended(job, claim, JobTransition.ABORT, null, failure, retention, now);
      case JobOutcome.RetriesExhausted(Failure failure) ->
          ended(job, claim, JobTransition.EXHAUST_RETRIES, null, failure, retention, now);
      case JobOutcome.Interrupted(Failure failure) ->
          ended(job, claim, JobTransition.STOP, null, failure, retention, now);
      case JobOutcome.Retried(Duration delay, String queue, Failure failure) ->
          again(job, claim, delay, queue == null ? job.queue() : queue, failure, 1, now);
      case JobOutcome.PutBack(Duration delay) ->
          again(job, claim, delay, job.queue(), null, 0, now);
    };
  }

  /** The same end with these notes. */
  public Completion with(RunNotes said) {
    return new Completion(
        run,
        transition,
        ended,
        totaltime,
        result,
        failure,
        fingerprint,
        dateexpires,
        next,
        said,
        inHistory);
  }

  /** The same end of a run that took this long, measured by a clock that never jumps. */
  public Completion lasting(Duration time) {
    return new Completion(
        run,
        transition,
        ended,
        time.isNegative() ? Duration.ZERO : time,
        result,
        failure,
        fingerprint,
        dateexpires,
        next,
        notes,
        inHistory);
  }

  /**
   * The same end without anything that the rest of its document could make a store refuse: no
   * result, no notes, no line of history, and a short trace.
   */
  public Completion minimal() {
    return new Completion(
        run,
        transition,
        ended,
        totaltime,
        null,
        failure == null ? null : failure.shortened(MINIMAL_TRACE),
        fingerprint,
        dateexpires,
        next,
        RunNotes.NONE,
        false);
  }

  /**
   * What the dispatch index is told when this is stored; null unless the job is {@code queued}
   * again.
   */
  public @Nullable ReadyJob ready() {
    return transition.to() == JobStatus.QUEUED && next != null
        ? new ReadyJob(run.job(), next.queue(), next.order())
        : null;
  }

  /** The same end as a failure, for when this one cannot be stored. */
  public Completion failedInstead(Failure why, Retention retention, @Nullable Duration jobTtl) {
    return new Completion(
        run,
        JobTransition.FAIL,
        ended,
        totaltime,
        null,
        why,
        Fingerprint.of("", why.withoutOrigin()),
        retention.expiry(JobStatus.FAILED, ended, jobTtl),
        null,
        notes,
        inHistory);
  }

  private static Completion ended(
      Job job,
      Claim claim,
      JobTransition transition,
      @Nullable Object result,
      @Nullable Failure failure,
      Retention retention,
      Instant now) {
    return new Completion(
        new Run(job.id(), claim),
        transition,
        now,
        total(job, now),
        result,
        failure,
        failure == null ? null : Fingerprint.of(job.path(), failure),
        retention.expiry(transition.to(), now, job.ttl()),
        null,
        RunNotes.NONE,
        true);
  }

  private static Completion again(
      Job job,
      Claim claim,
      Duration delay,
      String queue,
      @Nullable Failure failure,
      int retries,
      Instant now) {
    boolean atOnce = delay.isZero() || delay.isNegative();
    Instant date = atOnce ? now : now.plus(TimeHorizon.within(delay));
    return new Completion(
        new Run(job.id(), claim),
        atOnce ? JobTransition.RETRY_NOW : JobTransition.RETRY_LATER,
        now,
        total(job, now),
        null,
        failure,
        failure == null ? null : Fingerprint.of(job.path(), failure),
        null,
        new Next(queue, date, JobOrder.of(date, job.priority()), job.retryCount() + retries),
        RunNotes.NONE,
        true);
  }

  private static Duration total(Job job, Instant now) {
    Duration total =
        job.datestarted() == null ? Duration.ZERO : Duration.between(job.datestarted(), now);
    return total.isNegative() ? Duration.ZERO : total;
  }
}
