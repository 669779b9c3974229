package io.mrq.api.overview;

import io.mrq.stats.JobCounts;
import io.mrq.stats.JobRates;
import java.time.Duration;
import java.util.Optional;

/** More than a tenth of the jobs that finished recently have failed. */
final class Failing implements Check {
  private static final Duration WINDOW = Duration.ofMinutes(5);
  private static final int MIN_FINISHED = 20;
  private static final double WARNING_SHARE = 0.1;
  private static final double CRITICAL_SHARE = 0.5;

  @Override
  public Optional<Trouble> in(Situation situation) {
    JobCounts lately = situation.since(JobRates.periodOf(situation.now().minus(WINDOW)));
    double share = lately.finished() == 0 ? 0 : lately.failed() / (double) lately.finished();
    return lately.finished() < MIN_FINISHED || share <= WARNING_SHARE
        ? Optional.empty()
        : Optional.of(
            new Trouble(
                "failing",
                share > CRITICAL_SHARE ? Trouble.Severity.CRITICAL : Trouble.Severity.WARNING,
                "%d %% of the jobs fail".formatted(Math.round(share * 100)),
                "%,d of the %,d jobs that finished in the last 5 min failed. The exceptions page shows which and why; requeue them there when the cause is fixed."
                    .formatted(lately.failed(), lately.finished()),
                "exceptions",
                null));
  }
}
