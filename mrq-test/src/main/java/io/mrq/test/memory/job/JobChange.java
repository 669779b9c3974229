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

/** What each move writes into a document, and the fence of the runs (protocol §1). */
public final class JobChange {
  private static final int HISTORY = 20;

  private JobChange() {}

  /** FENCE: the document is in this status and carries the run's worker and claim. */
  public static Predicate<Job> fence(Claim claim, JobStatus status) {
    return job ->
        job.status() == status
            && claim.worker().equals(job.worker())
            && claim.token().equals(job.claim());
  }

  /**
   * A new status. Only final documents keep {@code dateexpires}, only a retry {@code dateretry}; a
   * queued one keeps nothing of its last run. A job that something else than its run's own end
   * takes out of {@code started} loses its claim, and by that the run learns of it.
   */
  public static JobBuilder moved(Job job, JobStatus to, Instant now) {
    JobBuilder moved = JobBuilder.like(job).status(to).dateupdated(now).dateretry(null);
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

  /** A job that never ran: only such a one may be withdrawn. */
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

  /** The end of a run; {@code worker} and {@code claim} stay, so that it is known again. */
  public static Job completed(Job job, Completion end) {
    JobBuilder ended =
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

  private static void goOn(JobBuilder ended, Completion end) {
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

  /** The history with one more attempt, and without the oldest beyond twenty (BUG-38). */
  public static List<AttemptRecord> longer(Job job, AttemptRecord attempt) {
    List<AttemptRecord> history = new ArrayList<>(job.tracebackHistory());
    history.add(attempt);
    return List.copyOf(history.subList(Math.max(0, history.size() - HISTORY), history.size()));
  }
}
