package io.mrq.test.memory.store;

import io.mrq.job.Job;
import io.mrq.job.JobId;
import io.mrq.job.JobStatus;
import io.mrq.job.JobTransition;
import io.mrq.job.ReadyJob;
import io.mrq.store.JobMoves;
import io.mrq.test.memory.job.InMemoryJobs;
import io.mrq.test.memory.job.JobChange;
import io.mrq.test.memory.job.ParkedLane;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Cancel and requeue of one job in memory. */
public final class InMemoryJobMoves implements JobMoves {
  private final InMemoryJobs jobs;

  public InMemoryJobMoves(InMemoryJobs jobs) {
    this.jobs = jobs;
  }

  @Override
  public boolean cancel(JobId id, Set<JobStatus> from, Instant now, Instant expires) {
    return move(
        id,
        from,
        JobStatus.CANCEL,
        job -> JobChange.moved(job, JobStatus.CANCEL, now).dateexpires(expires).build());
  }

  @Override
  public boolean requeue(ReadyJob to, Set<JobStatus> from, Instant now) {
    return move(
        to.id(),
        from,
        JobStatus.QUEUED,
        job ->
            JobChange.moved(ParkedLane.leave(job), JobStatus.QUEUED, now)
                .queue(to.queue())
                .datequeued(now)
                .order(to.order())
                .retryCount(0)
                .crashes(0)
                .build());
  }

  private boolean move(JobId id, Set<JobStatus> from, JobStatus to, UnaryOperator<Job> change) {
    for (JobStatus status : from) {
      if (!JobTransition.allows(status, to)) {
        throw new IllegalArgumentException(
            "no transition leads from %s to %s".formatted(status, to));
      }
    }
    return !jobs.update(List.of(id), job -> from.contains(job.status()), change).isEmpty();
  }
}
