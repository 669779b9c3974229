package io.mrq.worker;

import java.util.function.LongSupplier;

/**
 * Stops runs whose job another has now, or that somebody cancelled: what they do is of no use any
 * more, and their outcome is dropped (protocol §5, §6).
 */
final class TakenRuns {
  private final JobCompleter completer;
  private final WorkerEvents events;
  private final LongSupplier nanos;

  TakenRuns(JobCompleter completer, WorkerEvents events, LongSupplier nanos) {
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
}
