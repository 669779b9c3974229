package io.mrq.api.overview;

import io.mrq.stats.JobCounts;
import io.mrq.stats.JobRates;
import java.time.Duration;
import java.util.Optional;

/** More than a tenth of what ended lately has failed. */
final class Failing implements Check {
  private static final Duration BACK = Duration.ofMinutes(5);
  private static final int LEAST_ENDED = 20;
  private static final double MUCH = 0.1;
  private static final double MOSTLY = 0.5;

  @Override
  public Optional<Trouble> in(Situation situation) {
    JobCounts lately = situation.since(JobRates.periodOf(situation.now().minus(BACK)));
    double share = lately.finished() == 0 ? 0 : lately.failed() / (double) lately.finished();
    return lately.finished() < LEAST_ENDED || share <= MUCH
        ? Optional.empty()
        : Optional.of(
            new Trouble(
                "failing",
                share > MOSTLY ? Trouble.Severity.CRITICAL : Trouble.Severity.WARNING,
                "%d %% of the jobs fail".formatted(Math.round(share * 100)),
                "%,d of %,d that ended in the last 5 min. The exceptions page shows which and why; when the cause is mended, requeue them there."
                    .formatted(lately.failed(), lately.finished()),
                "exceptions",
                null));
  }
}
