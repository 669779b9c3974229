package io.mrq.engine.run;

import io.mrq.job.Failure;
import io.mrq.job.JobOutcome;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes runs end. Interrupts those that exceed their timeout, or go on although their outcome is
 * decided, and submits outcomes that their own threads do not. A task that ignores its interrupt
 * keeps its slot; its outcome is stored after the grace period, unless the job would then run a
 * second time beside it.
 */
public final class JobTimeouts {
  static final Duration PERIOD = Duration.ofMillis(250);

  private static final Logger log = LoggerFactory.getLogger(JobTimeouts.class);

  private final RunningJobs runs;
  private final OutcomeSink outcomes;
  private final Duration grace;
  private final LongSupplier nanos;

  public JobTimeouts(RunningJobs runs, OutcomeSink outcomes, Duration grace, LongSupplier nanos) {
    this.runs = runs;
    this.outcomes = outcomes;
    this.grace = grace;
    this.nanos = nanos;
  }

  public Duration step() {
    long now = nanos.getAsLong();
    for (RunningJob running : runs.all()) {
      try {
        check(running, now);
      } catch (RuntimeException e) {
        log.warn(
            "job {}: its timeout could not be checked and will be checked again",
            running.job().id(),
            e);
      }
    }
    return PERIOD;
  }

  private void check(RunningJob running, long now) {
    RunningJob.Ending ending = running.ending();
    if (ending == null) {
      checkUndecided(running, now);
    } else if (running.hasBodyEnded() || !ending.runsAgain()) {
      if (isOver(running.decidedNanos(), grace, now)) {
        running.interruptOnce(now);
        outcomes.submit(running);
      }
    } else {
      checkAskedForAnother(running, ending, now);
    }
  }

  private void checkUndecided(RunningJob running, long now) {
    if (running.hasBodyEnded()) {
      Failure failure =
          Failure.of(
              "OutcomeLost",
              "the task ended, but its outcome was lost: there was not enough memory to note it");
      running.decide(new RunningJob.Ending.ToStore(new JobOutcome.Failed(failure)), now);
      outcomes.submit(running);
    } else if (isTooLong(running, now)
        && running.decide(new RunningJob.Ending.ToStore(timedOut(running)), now)) {
      running.interruptOnce(now);
    }
  }

  /**
   * Checks a run that asked for another one and still goes on. The next run must not begin beside
   * it: the task is interrupted, and if it ignores that beyond its timeout, the job times out and
   * does not run again.
   */
  private void checkAskedForAnother(RunningJob running, RunningJob.Ending ending, long now) {
    boolean tooLong = isTooLong(running, now);
    if (tooLong || isOver(running.decidedNanos(), grace, now)) {
      running.interruptOnce(now);
    }
    if (tooLong
        && isOver(running.interruptedNanos(), grace, now)
        && running.replace(ending, new RunningJob.Ending.ToStore(timedOut(running)))) {
      outcomes.submit(running);
    }
  }

  private static boolean isTooLong(RunningJob running, long now) {
    Duration limit = running.settings().timeoutOf(running.job());
    return limit.isPositive() && isOver(running.startedNanos(), limit, now);
  }

  /** Compares durations, since a limit of centuries cannot be written in nanoseconds. */
  private static boolean isOver(long since, Duration limit, long now) {
    return Duration.ofNanos(now - since).compareTo(limit) >= 0;
  }

  private static JobOutcome timedOut(RunningJob running) {
    Duration limit = running.settings().timeoutOf(running.job());
    return new JobOutcome.TimedOut(
        Failure.of(
            "TimeoutInterrupt",
            "the job ran longer than its timeout of %s s and was interrupted here:%n%s"
                .formatted(limit.toMillis() / 1000.0, running.stack())));
  }
}
