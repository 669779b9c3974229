package io.mrq.api.overview;

import java.time.Duration;
import java.util.Optional;

/** Nobody takes the statistics, so nobody does the maintenance either. */
final class NoScheduler implements Check {
  private static final Duration LATE = Duration.ofSeconds(30);

  @Override
  public Optional<Trouble> in(Situation situation) {
    boolean taken =
        situation.sample() != null
            && !situation.sample().at().isBefore(situation.now().minus(LATE));
    return taken
        ? Optional.empty()
        : Optional.of(
            new Trouble(
                "no-scheduler",
                Trouble.Severity.CRITICAL,
                "No scheduler is running",
                "The queues were not counted for more than 30 s. Without a scheduler, delayed jobs and retries do not start and the jobs of lost workers stay with them. Start the scheduler service, or look into its log.",
                null,
                null));
  }
}
