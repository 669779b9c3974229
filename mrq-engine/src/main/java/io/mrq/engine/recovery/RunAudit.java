package io.mrq.engine.recovery;

import io.mrq.dispatch.JobDispatcher;
import io.mrq.engine.heartbeat.WorkerLease;
import io.mrq.engine.home.RunHome;
import io.mrq.engine.run.RunRevoker;
import io.mrq.engine.run.RunningJob;
import io.mrq.engine.run.RunningJobs;
import io.mrq.job.ReadyJob;
import io.mrq.job.Run;
import io.mrq.job.WorkerId;
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
 * Compares the runs that a home has for this worker with what the worker runs, both ways. Runs that
 * only the home knows go back to their queues. A run that the home does not know is looked for
 * again at once; when it is still missing, its job was cancelled or belongs to another worker, and
 * it is revoked.
 */
public final class RunAudit {
  private static final Logger log = LoggerFactory.getLogger(RunAudit.class);

  private final RunHome home;
  private final JobDispatcher dispatcher;
  private final RunningJobs runs;
  private final WorkerLease lease;
  private final RunRevoker revoker;
  private final InstantSource clock;
  private final Duration period;
  private Set<Run> suspects = Set.of();

  public RunAudit(
      RunHome home,
      JobDispatcher dispatcher,
      RunningJobs runs,
      WorkerLease lease,
      RunRevoker revoker,
      InstantSource clock,
      Duration period) {
    this.home = home;
    this.dispatcher = dispatcher;
    this.runs = runs;
    this.lease = lease;
    this.revoker = revoker;
    this.clock = clock;
    this.period = period;
  }

  public Duration step() {
    // Taken before the read: a run that begins after the read is rightly missing from its answer.
    WorkerId worker = lease.id();
    Collection<RunningJob> before = runs.of(home);
    List<Run> stored = home.runsOf(worker);
    returnUnknown(stored);
    boolean lookAgain =
        home.stopsMissingRuns() && stopUnknown(worker, before, new HashSet<>(stored));
    return lookAgain ? Duration.ZERO : period;
  }

  private void returnUnknown(List<Run> stored) {
    List<Run> unknown = new ArrayList<>();
    for (Run run : stored) {
      if (!runs.isClaiming(run.claim().token()) && !runs.knows(run)) {
        unknown.add(run);
      }
    }
    if (unknown.isEmpty()) {
      return;
    }
    // Most of them have ended since they were read, so that nothing is left to return.
    List<ReadyJob> returned = home.returnUnknown(unknown, clock.instant());
    if (!returned.isEmpty()) {
      log.info(
          "{} jobs were stored as running here, but this worker does not know them: they are back in their queues",
          returned.size());
      dispatcher.offer(returned);
    }
  }

  /** Answers whether a run was missing for the first time. */
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
    revoker.stopGone(home, gone);
    return !missing.isEmpty();
  }
}
