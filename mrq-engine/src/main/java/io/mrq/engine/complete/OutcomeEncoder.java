package io.mrq.engine.complete;

import io.mrq.engine.run.RunningJob;
import io.mrq.job.Completion;
import io.mrq.job.Failure;
import io.mrq.job.InvalidJobException;
import io.mrq.job.JobOutcome;
import io.mrq.job.JobTransition;
import io.mrq.store.NotStorableException;
import io.mrq.store.PreparedCompletion;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Encodes the outcome of a run for the one write that stores it. A result is read here once; if
 * reading it throws anything, the run becomes a failure that can be stored. Any other outcome for
 * which there is no memory stays what it is, and is encoded again later.
 */
public final class OutcomeEncoder {
  private final InstantSource clock;
  private final LongSupplier nanos;

  public OutcomeEncoder(InstantSource clock, LongSupplier nanos) {
    this.clock = clock;
    this.nanos = nanos;
  }

  /**
   * Encodes an outcome.
   *
   * @throws Error when there is no memory for an outcome that is not a success
   */
  PreparedCompletion encode(RunningJob running, JobOutcome outcome) {
    Completion end =
        Completion.of(
                running.job(),
                running.claim(),
                outcome,
                running.settings().retention(),
                clock.instant().truncatedTo(ChronoUnit.MILLIS))
            .lasting(Duration.ofNanos(nanos.getAsLong() - running.startedNanos()))
            .with(running.notes(outcome));
    try {
      return running.home().prepare(end);
    } catch (Throwable e) {
      // The result is the task's own object: reading it may throw anything, errors too.
      if (e instanceof Error error && end.transition() != JobTransition.SUCCEED) {
        throw error;
      }
      return failedInstead(running, end, reason(e));
    }
  }

  /**
   * What to send instead of an outcome that the store refused: a success becomes a failure, and any
   * other outcome is reduced to the smallest write there is.
   *
   * @return null when the smallest write was refused, too
   */
  @Nullable PreparedCompletion instead(RunningJob running, Completion refused, String why) {
    if (refused.transition() == JobTransition.SUCCEED) {
      return failedInstead(running, refused, why);
    }
    return refused.inHistory() ? running.home().prepare(refused.minimal()) : null;
  }

  private PreparedCompletion failedInstead(RunningJob running, Completion end, String why) {
    Failure failure = Failure.of("ResultNotStorable", "the result cannot be stored: " + why);
    return running
        .home()
        .prepare(end.failedInstead(failure, running.settings().retention(), running.job().ttl()));
  }

  private static String reason(Throwable e) {
    return e instanceof NotStorableException || e instanceof InvalidJobException
        ? String.valueOf(e.getMessage())
        : "reading it threw " + Failure.summary(e);
  }
}
