package io.mrq.test.memory.store;

import io.mrq.job.Claim;
import io.mrq.job.Completion;
import io.mrq.job.Job;
import io.mrq.job.JobId;
import io.mrq.job.JobStatus;
import io.mrq.job.JobTransition;
import io.mrq.job.NewJob;
import io.mrq.job.ReadyJob;
import io.mrq.job.Run;
import io.mrq.job.WorkerId;
import io.mrq.store.CompletionReply;
import io.mrq.store.JobStore;
import io.mrq.store.PreparedCompletion;
import io.mrq.store.RunState;
import io.mrq.test.builder.JobBuilder;
import io.mrq.test.memory.job.InMemoryJobs;
import io.mrq.test.memory.job.JobChange;
import io.mrq.test.memory.job.ParkedLane;
import io.mrq.test.memory.job.PlainCopy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Enqueue, claim and completion of jobs in memory. */
public final class InMemoryJobStore implements JobStore {
  private final InMemoryJobs jobs;

  public InMemoryJobStore(InMemoryJobs jobs) {
    this.jobs = jobs;
  }

  @Override
  public void insert(Collection<NewJob> newJobs) {
    // All are encoded before the first is stored, as a driver does.
    newJobs.stream().map(InMemoryJobStore::document).toList().forEach(jobs::insert);
  }

  private static Job document(NewJob job) {
    return JobBuilder.aJob()
        .id(job.id())
        .path(job.path())
        .params(PlainCopy.params(job.params()))
        .queue(job.queue())
        .status(job.status())
        .priority(job.priority())
        .order(job.order())
        .datequeued(job.datequeued())
        .dateretry(job.dateretry())
        .timeout(job.timeout())
        .maxRetries(job.maxRetries())
        .ttl(job.ttl())
        .parent(job.parent())
        .trace(job.trace())
        .build();
  }

  @Override
  public long withdraw(Collection<JobId> ids) {
    Set<JobId> wanted = Set.copyOf(ids);
    return jobs.delete(
        job -> wanted.contains(job.id()) && JobChange.neverClaimed(job), wanted.size());
  }

  @Override
  public long claim(Claim claim, String queue, Collection<JobId> ids, Instant now) {
    return jobs.update(ids, InMemoryJobs.queuedIn(queue), job -> JobChange.claimed(job, claim, now))
        .size();
  }

  @Override
  public Optional<Job> claim(Claim claim, String queue, JobId id, Instant now) {
    return jobs
        .update(
            List.of(id), InMemoryJobs.queuedIn(queue), job -> JobChange.claimed(job, claim, now))
        .stream()
        .findFirst();
  }

  @Override
  public List<Job> claimed(Claim claim, Collection<JobId> ids) {
    return jobs.select(ids, JobChange.fence(claim, JobStatus.STARTED));
  }

  @Override
  public List<ReadyJob> queued(Collection<String> queues, int limit) {
    Set<String> wanted = Set.copyOf(queues);
    return jobs
        .select(job ->
            job.status() == JobStatus.QUEUED
                && wanted.contains(job.queue())
                && !ParkedLane.holds(job))
        .stream()
        .sorted(InMemoryJobs.DISPATCH_ORDER)
        .limit(limit)
        .map(InMemoryJobs::ready)
        .toList();
  }

  @Override
  public PreparedCompletion prepare(Completion end) {
    return new Prepared(end, PlainCopy.result(end.result()));
  }

  @Override
  public CompletionReply complete(List<PreparedCompletion> completions) {
    long matched = 0;
    for (PreparedCompletion completion : completions) {
      if (!(completion instanceof Prepared prepared)) {
        throw new IllegalArgumentException("was not prepared by this store: " + completion);
      }
      Run run = prepared.completion.run();
      matched +=
          jobs.update(
                  List.of(run.job()),
                  JobChange.fence(run.claim(), JobStatus.STARTED),
                  prepared::end)
              .size();
    }
    return new CompletionReply(matched, Map.of());
  }

  @Override
  public List<Run> progress(Map<Run, Double> ratios) {
    List<Run> gone = new ArrayList<>();
    ratios.forEach((run, ratio) -> {
      boolean written =
          !jobs.update(
                  List.of(run.job()),
                  JobChange.fence(run.claim(), JobStatus.STARTED),
                  job -> JobBuilder.like(job).progress(ratio).build())
              .isEmpty();
      if (!written) {
        gone.add(run);
      }
    });
    return gone;
  }

  @Override
  public Map<JobId, RunState> states(Collection<JobId> ids) {
    Map<JobId, RunState> states = new LinkedHashMap<>();
    jobs.select(ids, _ -> true)
        .forEach(job ->
            states.put(
                job.id(),
                new RunState(job.status(), job.worker(), job.claim(), job.dateupdated())));
    return states;
  }

  @Override
  public List<ReadyJob> resume(Collection<Run> runs, Instant now) {
    return back(runs, JobTransition.RESUME, 0, now);
  }

  @Override
  public List<Run> runsOf(WorkerId worker) {
    List<Run> runs = new ArrayList<>();
    for (Job job : jobs.select(job -> job.status() == JobStatus.STARTED)) {
      if (worker.equals(job.worker()) && job.claim() != null) {
        runs.add(new Run(job.id(), new Claim(worker, job.claim())));
      }
    }
    return runs;
  }

  @Override
  public List<ReadyJob> returnUnknown(Collection<Run> runs, Instant now) {
    return back(runs, JobTransition.RETURN_UNKNOWN, 0, now);
  }

  @Override
  public List<ReadyJob> giveBack(Collection<Run> runs, Instant now) {
    back(runs, JobTransition.GIVE_BACK, 1, now);
    // Also those that an earlier call gave back, whose answer was lost.
    return jobs
        .select(runs.stream().map(Run::job).toList(), job -> job.status() == JobStatus.QUEUED)
        .stream()
        .map(InMemoryJobs::ready)
        .toList();
  }

  @Override
  public void park(Claim claim, Map<JobId, String> paths, Instant now) {
    jobs.update(
        paths.keySet(),
        JobChange.fence(claim, JobStatus.STARTED),
        job ->
            ParkedLane.put(
                JobChange.moved(job, JobStatus.QUEUED, now)
                    .worker(null)
                    .attempt(job.attempt() - 1)
                    .build(),
                Objects.requireNonNull(paths.get(job.id()))));
  }

  private List<ReadyJob> back(Collection<Run> runs, JobTransition move, int attempts, Instant now) {
    Map<JobId, Claim> byJob = new LinkedHashMap<>();
    runs.forEach(run -> byJob.put(run.job(), run.claim()));
    Predicate<Job> fenced =
        job -> {
          Claim claim = byJob.get(job.id());
          return claim != null
              && move.from().stream().anyMatch(from -> JobChange.fence(claim, from).test(job));
        };
    return jobs
        .update(
            byJob.keySet(),
            fenced,
            job -> JobChange.moved(job, move.to(), now).attempt(job.attempt() - attempts).build())
        .stream()
        .map(InMemoryJobs::ready)
        .toList();
  }

  /**
   * A completion whose result nobody can change any more.
   *
   * @param result a copy
   */
  private record Prepared(Completion completion, @Nullable Object result)
      implements PreparedCompletion {
    Job end(Job job) {
      return JobBuilder.like(JobChange.completed(job, completion)).result(result).build();
    }
  }
}
