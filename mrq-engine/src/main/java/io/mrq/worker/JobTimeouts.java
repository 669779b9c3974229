package io.mrq.worker;

import io.mrq.job.Failure;
import io.mrq.job.JobOutcome;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Ends runs that take too long (TMO-02), each on its own (BUG-03). A task that ignores its
 * interrupt for the grace period keeps its slot, but its outcome is stored.
 */
final class JobTimeouts {
  static final Duration PERIOD = Duration.ofMillis(250);

  private final RunningJobs runs;
  private final JobCompleter completer;
  private final Duration grace;
  private final LongSupplier nanos;

  JobTimeouts(RunningJobs runs, JobCompleter completer, Duration grace, LongSupplier nanos) {
    this.runs = runs;
    this.completer = completer;
    this.grace = grace;
    this.nanos = nanos;
  }

  Duration step() {
    long now = nanos.getAsLong();
    for (RunningJob running : runs.all()) {
      check(running, now);
    }
    return PERIOD;
  }

  private void check(RunningJob running, long now) {
    Duration limit = running.settings().timeoutOf(running.job());
    if (running.ending() == null) {
      if (limit.isPositive() && now - running.startedNanos() >= limit.toNanos()) {
        timeOut(running, limit, now);
      }
      return;
    }
    if (!running.hasBodyEnded() && now - running.decidedNanos() >= grace.toNanos()) {
      completer.submit(running);
    }
  }

  private static void timeOut(RunningJob running, Duration limit, long now) {
    Failure failure =
        Failure.of(
            "TimeoutInterrupt",
            "the job ran longer than its timeout of %s s and was interrupted here:%n%s"
                .formatted(limit.toMillis() / 1000.0, running.stack()));
    if (running.decide(new RunningJob.Ending.Stored(new JobOutcome.TimedOut(failure)), now)) {
      running.interrupt();
    }
  }
}
