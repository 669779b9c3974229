package io.mrq.service.worker.basetasks;

import io.mrq.dispatch.JobDispatcher;
import io.mrq.job.Job;
import io.mrq.job.JobId;
import io.mrq.job.JobOrder;
import io.mrq.job.JobStatus;
import io.mrq.job.ReadyJob;
import io.mrq.job.WorkerId;
import io.mrq.query.JobFilter;
import io.mrq.query.JobPage;
import io.mrq.query.JobQueries;
import io.mrq.query.JobSummary;
import io.mrq.recovery.RecoveryStore;
import io.mrq.store.JobMoves;
import io.mrq.store.StoreUnavailableException;
import io.mrq.task.MrqTask;
import io.mrq.task.Task;
import io.mrq.task.TaskCatalog;
import io.mrq.worker.WorkerStore;
import io.mrq.worker.WorkerStore.Presence;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Requeues jobs that are {@code started} and will never end: those of workers that are lost or have
 * no document, as the maintenance does, and those of Python's workers that are overdue, of which
 * nothing else tells that they are dead. A worker that beats is alive and ends its jobs itself, so
 * they are left to it.
 */
@MrqTask(
    value = "mrq.basetasks.cleaning.RequeueStartedJobs",
    retryOn = StoreUnavailableException.class)
final class StartedJobsTask extends Task<Map<String, @Nullable Object>, Map<String, Object>> {
  private static final Duration DEFAULT_MARGIN = Duration.ofSeconds(300);

  /** A Python worker may begin a job a moment before its document is there. */
  private static final Duration FIRST_REPORT = Duration.ofMinutes(1);

  private static final int PAGE = 500;
  private static final Set<JobStatus> STARTED = Set.of(JobStatus.STARTED);

  private final Ports ports;
  private final TaskCatalog tasks;
  private final int crashLimit;
  private final InstantSource clock;

  /** What the task asks of the stores. */
  record Ports(
      JobQueries queries,
      JobMoves moves,
      RecoveryStore recovery,
      WorkerStore workers,
      JobDispatcher dispatcher) {}

  StartedJobsTask(Ports ports, TaskCatalog tasks, int crashLimit, InstantSource clock) {
    this.ports = ports;
    this.tasks = tasks;
    this.crashLimit = crashLimit;
    this.clock = clock;
  }

  @Override
  public Map<String, Object> run(Map<String, @Nullable Object> params) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    Duration margin = margin(params.get("timeout"));
    List<Job> started = started();
    Set<WorkerId> workers =
        started.stream().map(Job::worker).filter(Objects::nonNull).collect(Collectors.toSet());
    Map<WorkerId, Presence> known =
        workers.isEmpty() ? Map.of() : ports.workers().presence(workers);
    long requeued = rescueLost(workers, known, now);
    long left = 0;
    for (Job job : started) {
      if (isOverdue(job, margin, now)) {
        Presence presence = job.worker() == null ? Presence.FOREIGN : known.get(job.worker());
        if (presence == Presence.FOREIGN) {
          requeued += requeue(job, now) ? 1 : 0;
        } else if (presence == Presence.BEATING) {
          left++;
        }
      }
    }
    return Answers.requeued(
        "started",
        started.size(),
        requeued,
        left == 0
            ? null
            : "%d jobs run longer than they should on workers that are alive; these workers end them."
                .formatted(left));
  }

  private List<Job> started() {
    JobFilter filter = JobFilter.ALL.statuses(STARTED);
    List<Job> started = new ArrayList<>();
    JobId after = null;
    boolean more = true;
    while (more) {
      JobPage<JobSummary> page = ports.queries().summaries(filter, after, PAGE);
      page.jobs().forEach(summary -> started.add(summary.job()));
      more = page.more();
      after = page.jobs().isEmpty() ? after : page.jobs().getLast().job().id();
    }
    return started;
  }

  /** Puts the jobs of lost workers back; answers how many are queued again. */
  private long rescueLost(Set<WorkerId> workers, Map<WorkerId, Presence> known, Instant now) {
    Set<WorkerId> lost = new HashSet<>();
    known.forEach((worker, presence) -> {
      if (presence == Presence.LOST) {
        lost.add(worker);
      }
    });
    Set<WorkerId> absent = new HashSet<>(workers);
    absent.removeAll(known.keySet());
    if (!absent.isEmpty()) {
      for (WorkerId worker : ports.recovery().abandoned(absent, now.minus(FIRST_REPORT))) {
        if (ports.workers().markAbsentLost(worker, now)) {
          lost.add(worker);
        }
      }
    }
    long requeued = 0;
    for (WorkerId worker : lost) {
      List<ReadyJob> rescued = ports.recovery().rescue(worker, crashLimit, tasks, now).requeued();
      ports.dispatcher().offer(rescued);
      requeued += rescued.size();
    }
    return requeued;
  }

  private boolean isOverdue(Job job, Duration margin, Instant now) {
    Duration timeout = tasks.settings(job.path()).timeoutOf(job);
    Instant began = job.datestarted();
    return began != null && !timeout.isZero() && began.plus(timeout).plus(margin).isBefore(now);
  }

  /** Requeues a job unless it has ended meanwhile. */
  private boolean requeue(Job job, Instant now) {
    ReadyJob to = new ReadyJob(job.id(), job.queue(), JobOrder.of(now, job.priority()));
    boolean requeued = ports.moves().requeue(to, STARTED, now);
    if (requeued) {
      ports.dispatcher().offer(List.of(to));
    }
    return requeued;
  }

  private static Duration margin(@Nullable Object seconds) {
    try {
      return seconds == null || seconds.toString().isBlank()
          ? DEFAULT_MARGIN
          : Duration.ofSeconds(Math.max(0, Math.round(Double.parseDouble(seconds.toString()))));
    } catch (NumberFormatException _) {
      return DEFAULT_MARGIN;
    }
  }
}
