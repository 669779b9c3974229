package io.mrq.worker;

import io.mrq.job.WorkerId;
import java.util.function.LongSupplier;

/**
 * Stops runs whose job another has now, or that somebody cancelled: what they do is of no use any
 * more, and their outcome is dropped.
 */
final class TakenRuns {
  private final RunningJobs runs;
  private final JobCompleter completer;
  private final WorkerEvents events;
  private final LongSupplier nanos;

  TakenRuns(RunningJobs runs, JobCompleter completer, WorkerEvents events, LongSupplier nanos) {
    this.runs = runs;
    this.completer = completer;
    this.events = events;
    this.nanos = nanos;
  }

  /** Stops it, unless its end was decided before. */
  void stop(RunningJob running, String why) {
    if (running.decide(new RunningJob.Ending.Dropped(why), nanos.getAsLong())) {
      events.refused(running.job());
      running.interrupt();
      if (running.hasBodyEnded()) {
        completer.submit(running);
      }
    }
  }

  /** Stops every run that was claimed under this lease, which was lost. */
  void stopAllOf(WorkerId lost) {
    for (RunningJob running : runs.all()) {
      if (running.claim().worker().equals(lost)) {
        stop(running, "the worker's lease was lost");
      }
    }
  }
}
