package io.mrq.job;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The one write that stores the outcome of a run: everything that it sets, computed from the {@link
 * JobOutcome} before any store is asked.
 *
 * @param run the fence
 * @param transition how the status changes
 * @param ended when the run ended
 * @param totaltime how long the run took
 * @param result the result of a success; null: none
 * @param failure what went wrong; null for a success and for a job that was put back
 * @param fingerprint the fingerprint of the failure; null without one
 * @param dateexpires when the document is deleted; null unless the status is final
 * @param next where and when the job runs again; null unless it becomes {@code queued} or {@code
 *     retry}
 * @param notes what the run told beside its outcome
 * @param inHistory whether the history gets an entry about the failure
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
  /** The longest stack trace of a {@link #minimal} completion, in characters. */
  private static final int MINIMAL_TRACE = 1000;

  /**
   * How a job goes on that is to run again.
   *
   * @param queue the queue in which it waits
   * @param date {@code datequeued} of a queued job, {@code dateretry} of a retry
   * @param order its place in the queue, see {@link JobOrder}
   * @param retryCount how many retries the job has had, this one included
   */
  public record Next(String queue, Instant date, long order, int retryCount) {}

  /**
   * Returns the completion for an outcome.
   *
   * @param job as it was claimed
   * @param retention how long the jobs of its task are kept
   */
  public static Completion of(
      Job job, Claim claim, JobOutcome outcome, Retention retention, Instant now) {
    return switch (outcome) {
      case JobOutcome.Succeeded(Object result) ->
          finished(job, claim, JobTransition.SUCCEED, result, null, retention, now);
      case JobOutcome.Failed(Failure failure) ->
          finished(job, claim, JobTransition.FAIL, null, failure, retention, now);
      case JobOutcome.TimedOut(Failure failure) ->
          finished(job, claim, JobTransition.TIME_OUT, null, failure, retention, now);
      case JobOutcome.Aborted(Failure failure) ->
          finished(job, claim, JobTransition.ABORT, null, failure, retention, now);
      case JobOutcome.RetriesExhausted(Failure failure) ->
          finished(job, claim, JobTransition.EXHAUST_RETRIES, null, failure, retention, now);
      case JobOutcome.Interrupted(Failure failure) ->
          finished(job, claim, JobTransition.STOP, null, failure, retention, now);
      case JobOutcome.Retried(Duration delay, String queue, Failure failure) ->
          rescheduled(job, claim, delay, queue == null ? job.queue() : queue, failure, 1, now);
      case JobOutcome.PutBack(Duration delay) ->
          rescheduled(job, claim, delay, job.queue(), null, 0, now);
    };
  }

  /** Returns the same completion with these notes. */
  public Completion with(RunNotes said) {
    return toBuilder().notes(said).build();
  }

  /** Returns the same completion of a run that took this long, by a clock that never jumps. */
  public Completion lasting(Duration time) {
    return toBuilder().totaltime(time.isNegative() ? Duration.ZERO : time).build();
  }

  /**
   * Returns this completion without anything for which a store could refuse it: no result, no
   * notes, no entry in the history, and a short stack trace.
   */
  public Completion minimal() {
    return toBuilder()
        .result(null)
        .failure(failure == null ? null : failure.shortened(MINIMAL_TRACE))
        .notes(RunNotes.NONE)
        .inHistory(false)
        .build();
  }

  /**
   * Returns what the dispatch index is told when this is stored; null unless the job becomes {@code
   * queued}.
   */
  public @Nullable ReadyJob ready() {
    return transition.to() == JobStatus.QUEUED && next != null
        ? new ReadyJob(run.job(), next.queue(), next.order())
        : null;
  }

  /** Returns a completion that fails the job, for when this one cannot be stored. */
  public Completion failedInstead(Failure why, Retention retention, @Nullable Duration jobTtl) {
    return new Builder(run, JobTransition.FAIL, ended)
        .totaltime(totaltime)
        .failure(why)
        .fingerprint(Fingerprint.of("", why.withoutOrigin()))
        .dateexpires(retention.expiry(JobStatus.FAILED, ended, jobTtl))
        .notes(notes)
        .inHistory(inHistory)
        .build();
  }

  /** The job has a final status. */
  private static Completion finished(
      Job job,
      Claim claim,
      JobTransition transition,
      @Nullable Object result,
      @Nullable Failure failure,
      Retention retention,
      Instant now) {
    return builder(new Run(job.id(), claim), transition, now)
        .totaltime(total(job, now))
        .result(result)
        .failure(failure)
        .fingerprint(failure == null ? null : Fingerprint.of(job.path(), failure))
        .dateexpires(retention.expiry(transition.to(), now, job.ttl()))
        .build();
  }

  /** The job is to run again, at once or after the delay. */
  private static Completion rescheduled(
      Job job,
      Claim claim,
      Duration delay,
      String queue,
      @Nullable Failure failure,
      int retries,
      Instant now) {
    boolean atOnce = delay.isZero() || delay.isNegative();
    Instant date = atOnce ? now : now.plus(TimeHorizon.within(delay));
    JobTransition transition = atOnce ? JobTransition.RETRY_NOW : JobTransition.RETRY_LATER;
    long order = JobOrder.of(date, job.priority());
    return builder(new Run(job.id(), claim), transition, now)
        .totaltime(total(job, now))
        .failure(failure)
        .fingerprint(failure == null ? null : Fingerprint.of(job.path(), failure))
        .next(new Next(queue, date, order, job.retryCount() + retries))
        .build();
  }

  private static Duration total(Job job, Instant now) {
    Duration total =
        job.datestarted() == null ? Duration.ZERO : Duration.between(job.datestarted(), now);
    return total.isNegative() ? Duration.ZERO : total;
  }

  /**
   * Returns a builder for a completion without a result, a failure or notes, of a run that took no
   * time; a failure goes into the history.
   */
  public static Builder builder(Run run, JobTransition transition, Instant ended) {
    return new Builder(run, transition, ended);
  }

  private Builder toBuilder() {
    return builder(run, transition, ended)
        .totaltime(totaltime)
        .result(result)
        .failure(failure)
        .fingerprint(fingerprint)
        .dateexpires(dateexpires)
        .next(next)
        .notes(notes)
        .inHistory(inHistory);
  }

  /** Makes completions. Its methods are named after the components. */
  public static final class Builder {
    private final Run run;
    private final JobTransition transition;
    private final Instant ended;
    private Duration totaltime = Duration.ZERO;
    private @Nullable Object result;
    private @Nullable Failure failure;
    private @Nullable String fingerprint;
    private @Nullable Instant dateexpires;
    private @Nullable Next next;
    private RunNotes notes = RunNotes.NONE;
    private boolean inHistory = true;

    private Builder(Run run, JobTransition transition, Instant ended) {
      this.run = run;
      this.transition = transition;
      this.ended = ended;
    }

    public Builder totaltime(Duration value) {
      totaltime = value;
      return this;
    }

    public Builder result(@Nullable Object value) {
      result = value;
      return this;
    }

    public Builder failure(@Nullable Failure value) {
      failure = value;
      return this;
    }

    public Builder fingerprint(@Nullable String value) {
      fingerprint = value;
      return this;
    }

    public Builder dateexpires(@Nullable Instant value) {
      dateexpires = value;
      return this;
    }

    public Builder next(@Nullable Next value) {
      next = value;
      return this;
    }

    public Builder notes(RunNotes value) {
      notes = value;
      return this;
    }

    public Builder inHistory(boolean value) {
      inHistory = value;
      return this;
    }

    public Completion build() {
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
          notes,
          inHistory);
    }
  }
}
