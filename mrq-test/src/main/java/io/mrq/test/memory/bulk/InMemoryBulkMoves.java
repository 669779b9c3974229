package io.mrq.test.memory.bulk;

import io.mrq.bulk.BulkActionId;
import io.mrq.bulk.BulkFilter;
import io.mrq.bulk.BulkMoves;
import io.mrq.job.Job;
import io.mrq.job.JobId;
import io.mrq.job.JobStatus;
import io.mrq.job.JobTransition;
import io.mrq.job.ReadyJob;
import io.mrq.test.memory.job.InMemoryJobs;
import io.mrq.test.memory.job.JobChange;
import io.mrq.test.memory.job.ParkedLane;
import io.mrq.test.memory.query.InMemoryJobQueries;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Requeues and cancels many jobs in memory. */
public final class InMemoryBulkMoves implements BulkMoves {
  private static final String ACTION = "action";

  private final InMemoryJobs jobs;

  public InMemoryBulkMoves(InMemoryJobs jobs) {
    this.jobs = jobs;
  }

  @Override
  public long count(BulkFilter filter) {
    return jobs.select(passing(filter)).size();
  }

  @Override
  public List<JobId> next(BulkFilter filter, @Nullable JobId after, int limit) {
    return jobs
        .select(passing(filter).and(job -> after == null || job.id().compareTo(after) > 0))
        .stream()
        .map(Job::id)
        .sorted()
        .limit(limit)
        .toList();
  }

  @Override
  public List<Candidate> load(Collection<JobId> ids) {
    return jobs.select(ids, _ -> true).stream()
        .map(job ->
            new Candidate(
                job.id(), job.path(), job.queue(), job.status(), job.priority(), job.ttl()))
        .toList();
  }

  @Override
  public void requeue(
      BulkActionId by,
      BulkFilter filter,
      Collection<ReadyJob> to,
      RetryCount retries,
      Instant now) {
    Predicate<Job> unmoved = unmoved(by, filter, JobStatus.QUEUED);
    for (ReadyJob ready : to) {
      jobs.update(
          List.of(ready.id()),
          unmoved,
          job ->
              marked(by, JobChange.moved(ParkedLane.leave(job), JobStatus.QUEUED, now), job)
                  .queue(ready.queue())
                  .datequeued(now)
                  .order(ready.order())
                  .retryCount(retries == RetryCount.KEPT ? job.retryCount() : 0)
                  .crashes(0)
                  .build());
    }
  }

  @Override
  public void cancel(BulkActionId by, BulkFilter filter, Map<JobId, Instant> expires, Instant now) {
    Predicate<Job> unmoved = unmoved(by, filter, JobStatus.CANCEL);
    expires.forEach((id, date) ->
        jobs.update(
            List.of(id),
            unmoved,
            job ->
                marked(by, JobChange.moved(job, JobStatus.CANCEL, now), job)
                    .dateexpires(date)
                    .build()));
  }

  @Override
  public Set<JobId> movedBy(BulkActionId action, Collection<JobId> ids) {
    return jobs.select(ids, job -> action.hex().equals(job.others().get(ACTION))).stream()
        .map(Job::id)
        .collect(Collectors.toSet());
  }

  @Override
  public Map<BulkActionId, Map<JobStatus, Long>> outcomes(Collection<BulkActionId> actions) {
    Map<BulkActionId, Map<JobStatus, Long>> found = new HashMap<>();
    for (BulkActionId action : actions) {
      Map<JobStatus, Long> by = new EnumMap<>(JobStatus.class);
      jobs.select(job -> action.hex().equals(job.others().get(ACTION)))
          .forEach(job -> by.merge(job.status(), 1L, Long::sum));
      if (!by.isEmpty()) {
        found.put(action, by);
      }
    }
    return found;
  }

  private static Predicate<Job> passing(BulkFilter filter) {
    Set<JobId> ids = Set.copyOf(filter.ids());
    return job ->
        InMemoryJobQueries.passes(job, filter.jobs()) && (ids.isEmpty() || ids.contains(job.id()));
  }

  private static Predicate<Job> unmoved(BulkActionId by, BulkFilter filter, JobStatus to) {
    Set<JobStatus> from = filter.jobs().statuses();
    if (from.isEmpty() || !from.stream().allMatch(status -> JobTransition.allows(status, to))) {
      throw new IllegalArgumentException("no transition leads from %s to %s".formatted(from, to));
    }
    return job ->
        InMemoryJobQueries.passes(job, filter.jobs()) && !by.hex().equals(job.others().get(ACTION));
  }

  private static Job.Builder marked(BulkActionId by, Job.Builder moved, Job job) {
    Map<String, @Nullable Object> others = new LinkedHashMap<>(job.others());
    others.put(ACTION, by.hex());
    return moved.others(others);
  }
}
