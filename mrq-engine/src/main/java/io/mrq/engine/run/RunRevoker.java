package io.mrq.engine.run;

import io.mrq.engine.event.WorkerEvent;
import io.mrq.engine.event.WorkerEvents;
import io.mrq.engine.home.RunHome;
import io.mrq.job.Run;
import io.mrq.job.WorkerId;
import java.util.Collection;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * Stops runs whose job was cancelled or given to another worker: interrupts them and drops their
 * outcomes.
 */
public final class RunRevoker {
  private final RunningJobs runs;
  private final OutcomeSink outcomes;
  private final WorkerEvents events;
  private final LongSupplier nanos;

  public RunRevoker(
      RunningJobs runs, OutcomeSink outcomes, WorkerEvents events, LongSupplier nanos) {
    this.runs = runs;
    this.outcomes = outcomes;
    this.events = events;
    this.nanos = nanos;
  }

  /** Stops a run whose job another worker may have, unless its outcome was decided before. */
  void stop(RunningJob running, String why) {
    if (drop(running, why)) {
      events.on(new WorkerEvent.Refused(running.job()));
    }
  }

  /**
   * Stops runs that their home does not know any more. Asks it once for all of them whether they
   * were cancelled: such a run was not taken by another worker.
   */
  public void stopGone(RunHome home, Collection<RunningJob> gone) {
    if (gone.isEmpty()) {
      return;
    }
    Set<Run> cancelled = home.cancelled(gone.stream().map(RunningJob::run).toList());
    for (RunningJob running : gone) {
      if (cancelled.contains(running.run())) {
        drop(running, "it was cancelled");
      } else {
        stop(running, "another worker has the job");
      }
    }
  }

  /** Stops every run that was claimed under a lease which is lost now. */
  public void stopAllOf(WorkerId lost) {
    for (RunningJob running : runs.all()) {
      if (running.claim().worker().equals(lost)) {
        stop(running, "the worker's lease was lost");
      }
    }
  }

  private boolean drop(RunningJob running, String why) {
    if (!running.decide(new RunningJob.Ending.Dropped(why), nanos.getAsLong())) {
      return false;
    }
    running.interrupt();
    if (running.hasBodyEnded()) {
      outcomes.submit(running);
    }
    return true;
  }
}
