package io.mrq.test.memory.job;

import io.mrq.job.AttemptRecord;
import io.mrq.job.Claim;
import io.mrq.job.Completion;
import io.mrq.job.Failure;
import io.mrq.job.Job;
import io.mrq.job.JobStatus;
import io.mrq.job.JobTransition;
import io.mrq.test.builder.JobBuilder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** What each change of status writes into a job, and the conditions on a job. */
public final class JobChange {
  private static final int HISTORY = 20;

  private JobChange() {}

  /** Passes a job as long as it has this status and its stored run is of this claim. */
  public static Predicate<Job> fence(Claim claim, JobStatus status) {
    return job ->
        job.status() == status
            && claim.worker().equals(job.worker())
            && claim.token().equals(job.claim());
  }

  /**
   * Sets a status. Only final documents keep {@code dateexpires}, only those in {@code retry} keep
   * {@code dateretry}, and a queued one keeps nothing of its last run. A job that leaves {@code
   * started} other than by the completion of its run loses its claim, by which the run learns of
   * it.
   */
  public static Job.Builder moved(Job job, JobStatus to, Instant now) {
    Job.Builder moved = JobBuilder.like(job).status(to).dateupdated(now).dateretry(null);
    if (!to.isFinal()) {
      moved.dateexpires(null);
    }
    if (to == JobStatus.QUEUED) {
      moved.result(null).progress(null).totaltime(null);
    }
    if (job.status() == JobStatus.STARTED) {
      moved.claim(null);
    }
    return moved;
  }

  /** Passes jobs that were never claimed; only these may be withdrawn. */
  public static boolean neverClaimed(Job job) {
    return (job.status() == JobStatus.QUEUED || job.status() == JobStatus.RETRY)
        && job.datestarted() == null;
  }

  public static Job claimed(Job job, Claim claim, Instant now) {
    return JobBuilder.like(job)
        .status(JobStatus.STARTED)
        .worker(claim.worker())
        .claim(claim.token())
        .datestarted(now)
        .attempt(job.attempt() + 1)
        .result(null)
        .progress(null)
        .totaltime(null)
        .dateexpires(null)
        .dateretry(null)
        .build();
  }

  /**
   * Stores a completion; {@code worker} and {@code claim} stay, so that the worker recognises it.
   */
  public static Job completed(Job job, Completion end) {
    Job.Builder ended =
        JobBuilder.like(job)
            .status(end.transition().to())
            .dateupdated(end.ended())
            .totaltime(end.transition().to() == JobStatus.QUEUED ? null : end.totaltime())
            .result(end.result())
            .dateexpires(end.dateexpires())
            .dateretry(null);
    if (end.notes().trace() != null) {
      ended.trace(end.notes().trace());
    }
    if (end.next() != null) {
      ended.progress(null);
    } else if (end.notes().progress() != null) {
      ended.progress(end.notes().progress());
    }
    Failure failure = end.failure();
    if (failure != null) {
      ended
          .exceptiontype(failure.exceptiontype())
          .fingerprint(end.fingerprint())
          .traceback(failure.traceback());
    }
    if (failure != null && end.inHistory()) {
      ended.tracebackHistory(
          longer(
              job,
              new AttemptRecord(
                  end.ended(),
                  end.transition().to().text(),
                  failure.withoutOrigin(),
                  end.run().claim().worker())));
    }
    if (end.transition() == JobTransition.SUCCEED) {
      ended.exceptiontype(null).fingerprint(null).traceback(null);
    }
    goOn(ended, end);
    return ended.build();
  }

  private static void goOn(Job.Builder ended, Completion end) {
    Completion.Next next = end.next();
    if (next == null) {
      return;
    }
    ended.queue(next.queue()).order(next.order()).retryCount(next.retryCount());
    if (end.transition() == JobTransition.RETRY_LATER) {
      ended.dateretry(next.date());
    } else {
      ended.datequeued(next.date());
    }
  }

  /** The history with one more attempt, and without the oldest beyond twenty. */
  public static List<AttemptRecord> longer(Job job, AttemptRecord attempt) {
    List<AttemptRecord> history = new ArrayList<>(job.tracebackHistory());
    history.add(attempt);
    return List.copyOf(history.subList(Math.max(0, history.size() - HISTORY), history.size()));
  }
}
