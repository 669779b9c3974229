package io.mrq.test.memory.recovery;

import io.mrq.job.AttemptRecord;
import io.mrq.job.Claim;
import io.mrq.job.Failure;
import io.mrq.job.Fingerprint;
import io.mrq.job.Job;
import io.mrq.job.JobId;
import io.mrq.job.JobOrder;
import io.mrq.job.JobStatus;
import io.mrq.job.JobTransition;
import io.mrq.job.ReadyJob;
import io.mrq.job.WorkerId;
import io.mrq.recovery.RecoveryStore;
import io.mrq.stats.QueueCount;
import io.mrq.task.TaskCatalog;
import io.mrq.test.builder.JobBuilder;
import io.mrq.test.memory.job.InMemoryJobs;
import io.mrq.test.memory.job.JobChange;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the maintenance duties ask of the jobs, in memory. */
public final class InMemoryRecoveryStore implements RecoveryStore {
  private final InMemoryJobs jobs;

  public InMemoryRecoveryStore(InMemoryJobs jobs) {
    this.jobs = jobs;
  }

  @Override
  public Set<WorkerId> workersWithRuns() {
    return jobs.select(job -> job.status() == JobStatus.STARTED && job.worker() != null).stream()
        .map(job -> Objects.requireNonNull(job.worker()))
        .collect(Collectors.toSet());
  }

  @Override
  public Set<WorkerId> abandoned(Collection<WorkerId> workers, Instant startedBefore) {
    return jobs.select(job -> job.status() == JobStatus.STARTED).stream()
        .filter(job -> job.worker() != null && workers.contains(job.worker()))
        .filter(job ->
            isOurs(job) || (job.datestarted() != null && job.datestarted().isBefore(startedBefore)))
        .map(job -> Objects.requireNonNull(job.worker()))
        .collect(Collectors.toSet());
  }

  private static boolean isOurs(Job job) {
    return job.worker() != null
        && job.claim() != null
        && new Claim(job.worker(), job.claim()).isGenuine();
  }

  @Override
  public Rescue rescue(WorkerId worker, int crashLimit, TaskCatalog tasks, Instant now) {
    Predicate<Job> running =
        job -> job.status() == JobStatus.STARTED && worker.equals(job.worker());
    Predicate<Job> poison = job -> crashLimit > 0 && job.crashes() >= crashLimit - 1;
    List<Job> failed =
        jobs.update(running.and(poison), job -> crashed(job, worker, crashLimit, tasks, now));
    jobs.update(running, job -> rescued(job, worker, now));
    // With the jobs that an earlier call rescued, whose answer may have been lost.
    List<Job> requeued =
        jobs.select(job ->
            job.status() == JobStatus.QUEUED && worker.equals(job.worker()) && job.claim() == null);
    List<Crash> crashes = new ArrayList<>();
    requeued.forEach(job -> crashes.add(new Crash(job.queue(), job.path(), false)));
    failed.forEach(job -> crashes.add(new Crash(job.queue(), job.path(), true)));
    return new Rescue(requeued.stream().map(InMemoryJobs::ready).toList(), crashes);
  }

  private static Job rescued(Job job, WorkerId worker, Instant now) {
    Failure failure =
        Failure.of("WorkerLost", "The worker %s was lost while it ran this job.".formatted(worker));
    return counted(JobTransition.RESCUE, job, JobStatus.INTERRUPT, failure, worker, now).build();
  }

  private static Job crashed(
      Job job, WorkerId worker, int crashLimit, TaskCatalog tasks, Instant now) {
    Failure failure =
        Failure.of(
            "WorkerLost",
            "The worker %s was lost while it ran this job, and %d such losses are the limit."
                .formatted(worker, crashLimit));
    return counted(JobTransition.CRASH_LIMIT, job, JobStatus.FAILED, failure, worker, now)
        .exceptiontype(failure.exceptiontype())
        .fingerprint(Fingerprint.of(job.path(), failure))
        .traceback(failure.traceback())
        .dateexpires(
            tasks.settings(job.path()).retention().expiry(JobStatus.FAILED, now, job.ttl()))
        .build();
  }

  private static Job.Builder counted(
      JobTransition move, Job job, JobStatus ended, Failure failure, WorkerId worker, Instant now) {
    AttemptRecord attempt = new AttemptRecord(now, ended.text(), failure, worker);
    return JobChange.moved(job, move.to(), now)
        .crashes(job.crashes() + 1)
        .tracebackHistory(JobChange.longer(job, attempt));
  }

  @Override
  public List<ReadyJob> requeueDue(Instant now, int limit) {
    return requeue(
        job ->
            JobTransition.DUE.from().contains(job.status())
                && job.dateretry() != null
                && !job.dateretry().isAfter(now),
        now,
        limit);
  }

  @Override
  public Optional<Instant> nextDue() {
    return jobs.select(job -> JobTransition.DUE.from().contains(job.status())).stream()
        .map(Job::dateretry)
        .filter(Objects::nonNull)
        .min(Comparator.naturalOrder());
  }

  @Override
  public List<ReadyJob> requeueInterrupted(Instant now, int limit) {
    return requeue(job -> JobTransition.RESUME.from().contains(job.status()), now, limit);
  }

  private List<ReadyJob> requeue(Predicate<Job> filter, Instant now, int limit) {
    return jobs
        .update(filter, limit, job -> JobChange.moved(job, JobStatus.QUEUED, now).build())
        .stream()
        .map(InMemoryJobs::ready)
        .toList();
  }

  @Override
  public Set<String> queuesWithJobs() {
    return jobs.select(job -> job.status() == JobStatus.QUEUED).stream()
        .map(Job::queue)
        .collect(Collectors.toSet());
  }

  @Override
  public int adopt(String queue, int limit) {
    return jobs.update(
            InMemoryJobs.queuedIn(queue).and(job -> job.order() == null),
            limit,
            job -> JobBuilder.like(job).order(InMemoryJobs.orderOf(job)).build())
        .size();
  }

  @Override
  public QueueHead head(String queue, int limit) {
    List<Job> head =
        jobs.select(InMemoryJobs.waitingIn(queue)).stream()
            .sorted(InMemoryJobs.DISPATCH_ORDER)
            .limit(limit)
            .toList();
    List<ReadyJob> outOfPlace = new ArrayList<>();
    for (Job job : head) {
      Instant queued = job.datequeued();
      Long order = job.order();
      if (order != null && queued != null) {
        long due = JobOrder.of(queued, job.priority());
        if (due - order > 1000) {
          outOfPlace.add(new ReadyJob(job.id(), queue, due));
        }
      }
    }
    return new QueueHead(head.stream().map(InMemoryJobs::ready).toList(), outOfPlace);
  }

  @Override
  public void reorder(Collection<ReadyJob> outOfPlace) {
    for (ReadyJob to : outOfPlace) {
      jobs.update(
          List.of(to.id()),
          job ->
              job.status() == JobStatus.QUEUED && job.order() != null && job.order() < to.order(),
          job -> JobBuilder.like(job).order(to.order()).build());
    }
  }

  @Override
  public List<ReadyJob> inOrder(String queue, @Nullable ReadyJob after, int limit) {
    return jobs.select(InMemoryJobs.waitingIn(queue)).stream()
        .sorted(InMemoryJobs.DISPATCH_ORDER)
        .filter(job -> after == null || isAfter(job, after))
        .limit(limit)
        .map(InMemoryJobs::ready)
        .toList();
  }

  private static boolean isAfter(Job job, ReadyJob place) {
    Long order = job.order();
    return order != null
        && (order > place.order()
            || (order == place.order() && job.id().compareTo(place.id()) > 0));
  }

  @Override
  public Set<JobId> stillQueued(Collection<JobId> ids) {
    return jobs.select(ids, job -> job.status() == JobStatus.QUEUED).stream()
        .map(Job::id)
        .collect(Collectors.toSet());
  }

  @Override
  public long keepUnfinished(Instant before, int limit) {
    return jobs.update(
            job ->
                !job.status().isFinal()
                    && job.dateexpires() != null
                    && job.dateexpires().isBefore(before),
            limit,
            job -> JobBuilder.like(job).dateexpires(null).build())
        .size();
  }

  @Override
  public long deleteExpired(Instant now, int limit) {
    return jobs.delete(
        job ->
            job.status().isFinal() && job.dateexpires() != null && !job.dateexpires().isAfter(now),
        limit);
  }

  @Override
  public List<QueueCount> count() {
    Map<String, List<Job>> byQueue =
        jobs.select(job -> !job.status().isFinal()).stream()
            .collect(Collectors.groupingBy(Job::queue, TreeMap::new, Collectors.toList()));
    List<QueueCount> counts = new ArrayList<>();
    byQueue.forEach((queue, unfinished) -> counts.add(count(queue, unfinished)));
    return counts;
  }

  private static QueueCount count(String queue, List<Job> unfinished) {
    Map<JobStatus, Long> byStatus = new EnumMap<>(JobStatus.class);
    unfinished.forEach(job -> byStatus.merge(job.status(), 1L, Long::sum));
    Instant oldest =
        unfinished.stream()
            .filter(job -> job.status() == JobStatus.QUEUED)
            .flatMap(job -> Stream.ofNullable(readySince(job)))
            .min(Comparator.naturalOrder())
            .orElse(null);
    return new QueueCount(queue, byStatus, oldest);
  }

  private static @Nullable Instant readySince(Job job) {
    return job.order() == null ? job.datequeued() : JobOrder.readySince(job.order());
  }
}
