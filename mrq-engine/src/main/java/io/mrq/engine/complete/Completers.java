package io.mrq.engine.complete;

import io.mrq.engine.home.RunHome;
import io.mrq.engine.run.OutcomeSink;
import io.mrq.engine.run.RunningJob;
import io.mrq.job.JobOutcome;
import io.mrq.store.PreparedCompletion;
import java.util.Map;

/**
 * Hands each outcome to the completer of its run's home. One completer a home: while one home is
 * away, outcomes still reach the others, and every batch goes to one place.
 */
public final class Completers implements OutcomeSink {
  private final OutcomeEncoder encoder;
  private final Map<RunHome, JobCompleter> byHome;

  public Completers(OutcomeEncoder encoder, Map<RunHome, JobCompleter> byHome) {
    this.encoder = encoder;
    this.byHome = Map.copyOf(byHome);
  }

  @Override
  public PreparedCompletion prepare(RunningJob running, JobOutcome outcome) {
    return encoder.encode(running, outcome);
  }

  @Override
  public void submit(RunningJob running) {
    JobCompleter completer = byHome.get(running.home());
    if (completer == null) {
      throw new IllegalStateException("no completer for the home of job " + running.job().id());
    }
    completer.submit(running);
  }

  /**
   * Whether so many outcomes of one home are not stored yet that nothing more may be claimed.
   *
   * @param held jobs that will have an outcome soon
   * @param mostHeld how many may be held at most
   */
  public boolean isFull(int held, int mostHeld) {
    for (JobCompleter completer : byHome.values()) {
      if (completer.isFull(held, mostHeld)) {
        return true;
      }
    }
    return false;
  }
}
