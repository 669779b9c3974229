package io.mrq.engine.recovery;

import io.mrq.dispatch.JobDispatcher;
import io.mrq.engine.maintenance.IndependentSteps;
import io.mrq.engine.maintenance.MaintenanceEvent;
import io.mrq.engine.maintenance.MaintenanceEvents;
import io.mrq.job.WorkerId;
import io.mrq.recovery.RecoveryStore;
import io.mrq.recovery.RunRescue;
import io.mrq.task.TaskCatalog;
import io.mrq.worker.WorkerStore;
import io.mrq.worker.WorkerStore.Presence;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts the runs of lost workers back into their queues, for one place that keeps runs. Also finds
 * workers that have runs there but no worker document.
 */
final class LostRunReturner {
  private static final Logger log = LoggerFactory.getLogger(LostJobRescuer.class);

  /** The document of a Python worker is deleted when it has not reported for this long. */
  private static final Duration PYTHON_WORKER_EXPIRY = Duration.ofHours(1);

  private final RunRescue runs;
  private final WorkerStore workers;
  private final JobDispatcher dispatcher;
  private final int crashLimit;
  private final TaskCatalog tasks;
  private final MaintenanceEvents events;
  private final InstantSource clock;

  /** In how many reads in a row each worker was seen that has runs, but no document. */
  private final Map<WorkerId, Integer> absent = new HashMap<>();

  LostRunReturner(
      RunRescue runs,
      WorkerStore workers,
      JobDispatcher dispatcher,
      int crashLimit,
      TaskCatalog tasks,
      MaintenanceEvents events,
      InstantSource clock) {
    this.runs = runs;
    this.workers = workers;
    this.dispatcher = dispatcher;
    this.crashLimit = crashLimit;
    this.tasks = tasks;
    this.events = events;
    this.clock = clock;
  }

  boolean hasAbsentWorkers() {
    return !absent.isEmpty();
  }

  /**
   * Puts back the runs of all lost workers.
   *
   * @param counts whether this read is far enough from the last one to count absent workers
   * @param silentFor for how long workers were silent that were marked lost in this pass; who
   *     returns the runs of a worker takes it out, so that a recovery is told once
   */
  void returnAll(boolean counts, Map<WorkerId, Duration> silentFor) {
    Set<WorkerId> lost = new HashSet<>();
    try {
      Set<WorkerId> withRuns = runs.workersWithRuns();
      Map<WorkerId, Presence> known = withRuns.isEmpty() ? Map.of() : workers.presence(withRuns);
      known.forEach((worker, presence) -> {
        if (presence == Presence.LOST) {
          lost.add(worker);
        }
      });
      if (counts) {
        Set<WorkerId> unknown = new HashSet<>(withRuns);
        unknown.removeAll(known.keySet());
        lost.addAll(markAbsent(unknown));
      }
    } catch (RuntimeException e) {
      absent.clear();
      throw e;
    }
    IndependentSteps.each(lost, worker -> returnRuns(worker, silentFor.remove(worker)));
  }

  /** Marks workers lost that have had no document for long enough; answers which. */
  private Set<WorkerId> markAbsent(Set<WorkerId> unknown) {
    absent.keySet().retainAll(unknown);
    unknown.forEach(worker -> absent.merge(worker, 1, Integer::sum));
    Set<WorkerId> due = new HashSet<>(unknown);
    due.removeIf(worker -> absent.getOrDefault(worker, 0) < BeatCounts.SILENT_AFTER_READS);
    Set<WorkerId> marked = new HashSet<>();
    if (!due.isEmpty()) {
      // A worker of ours has a document before it claims. Python's first report may come late.
      for (WorkerId worker : runs.abandoned(due, clock.instant().minus(PYTHON_WORKER_EXPIRY))) {
        if (workers.markAbsentLost(worker, clock.instant())) {
          log.warn(
              "worker {} has running jobs, but its document is gone: its jobs go back to their queues",
              worker);
          events.on(new MaintenanceEvent.WorkerLost());
          marked.add(worker);
        }
      }
    }
    return marked;
  }

  private void returnRuns(WorkerId worker, @Nullable Duration silent) {
    RecoveryStore.Rescue rescue = runs.rescue(worker, crashLimit, tasks, clock.instant());
    dispatcher.offer(rescue.requeued());
    rescue.crashes().forEach(crash -> events.on(new MaintenanceEvent.Crashed(crash)));
    if (silent != null) {
      events.on(new MaintenanceEvent.Recovered(silent));
    }
    log.info(
        "{} jobs of worker {} are queued again, {} failed because they reached the crash limit",
        rescue.requeued().size(),
        worker,
        rescue.failed());
  }
}
