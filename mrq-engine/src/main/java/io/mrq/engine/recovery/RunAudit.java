package io.mrq.engine.recovery;

import io.mrq.dispatch.JobDispatcher;
import io.mrq.engine.lease.WorkerLease;
import io.mrq.engine.run.RunRevoker;
import io.mrq.engine.run.RunningJob;
import io.mrq.engine.run.RunningJobs;
import io.mrq.job.Run;
import io.mrq.job.WorkerId;
import io.mrq.store.JobStore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compares what the store says this worker runs with what it runs, both ways. Runs that only the
 * store knows go back to their queue. For a run that the store does not know it looks once more at
 * once; a run that is missing there, too, was cancelled or taken away, and is interrupted.
 */
public final class RunAudit {
  private static final Logger log = LoggerFactory.getLogger(RunAudit.class);

  private final JobStore store;
  private final JobDispatcher offers;
  private final RunningJobs runs;
  private final WorkerLease lease;
  private final RunRevoker taken;
  private final InstantSource clock;
  private final Duration period;
  private Set<Run> suspects = Set.of();

  public RunAudit(
      JobStore store,
      JobDispatcher offers,
      RunningJobs runs,
      WorkerLease lease,
      RunRevoker taken,
      InstantSource clock,
      Duration period) {
    this.store = store;
    this.offers = offers;
    this.runs = runs;
    this.lease = lease;
    this.taken = taken;
    this.clock = clock;
    this.period = period;
  }

  public Duration step() {
    // What runs is noted before the read: a run that began after it is rightly not in the answer.
    WorkerId worker = lease.id();
    Collection<RunningJob> before = runs.all();
    List<Run> stored = store.runsOf(worker);
    returnUnknown(stored);
    boolean lookAgain = stopUnknown(worker, before, new HashSet<>(stored));
    return lookAgain ? Duration.ZERO : period;
  }

  private void returnUnknown(List<Run> stored) {
    List<Run> unknown = new ArrayList<>();
    for (Run run : stored) {
      if (!runs.isClaiming(run.claim().token()) && !runs.knows(run)) {
        unknown.add(run);
      }
    }
    if (!unknown.isEmpty()) {
      log.info(
          "{} jobs that this worker holds without knowing go back to their queues", unknown.size());
      offers.offer(store.returnUnknown(unknown, clock.instant()));
    }
  }

  /** Answers whether some run was missing for the first time. */
  private boolean stopUnknown(WorkerId worker, Collection<RunningJob> before, Set<Run> stored) {
    Set<Run> missing = new HashSet<>();
    List<RunningJob> gone = new ArrayList<>();
    for (RunningJob running : before) {
      boolean open = running.ending() == null && running.claim().worker().equals(worker);
      if (open && !stored.contains(running.run())) {
        if (suspects.contains(running.run())) {
          gone.add(running);
        } else {
          missing.add(running.run());
        }
      }
    }
    suspects = missing;
    taken.stopGone(gone);
    return !missing.isEmpty();
  }
}
