package io.mrq.engine.run;

import io.mrq.engine.event.WorkerEvents;
import io.mrq.job.JobId;
import io.mrq.job.JobStatus;
import io.mrq.job.WorkerId;
import io.mrq.store.JobStore;
import io.mrq.store.RunState;
import java.util.Collection;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Stops runs whose job another has now, or that somebody cancelled: what they do is of no use any
 * more, and their outcome is dropped.
 */
public final class RunRevoker {
  private final JobStore store;
  private final RunningJobs runs;
  private final OutcomeSink outcomes;
  private final WorkerEvents events;
  private final LongSupplier nanos;

  public RunRevoker(
      JobStore store,
      RunningJobs runs,
      OutcomeSink outcomes,
      WorkerEvents events,
      LongSupplier nanos) {
    this.store = store;
    this.runs = runs;
    this.outcomes = outcomes;
    this.events = events;
    this.nanos = nanos;
  }

  /** Stops a run that another may have, unless its end was decided before. */
  void stop(RunningJob running, String why) {
    if (drop(running, why)) {
      events.refused(running.job());
    }
  }

  /**
   * Stops runs that the store does not know any more. Looks up why, once for all: what an operator
   * cancelled was not taken by another.
   */
  public void stopGone(Collection<RunningJob> gone) {
    if (gone.isEmpty()) {
      return;
    }
    Map<JobId, RunState> states =
        store.states(gone.stream().map(running -> running.job().id()).toList());
    for (RunningJob running : gone) {
      RunState state = states.get(running.job().id());
      if (state != null && state.status() == JobStatus.CANCEL) {
        drop(running, "it was cancelled");
      } else {
        stop(running, "it was taken away");
      }
    }
  }

  /** Stops every run that was claimed under this lease, which was lost. */
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
