package io.mrq.api.overview;

import java.time.Duration;
import java.util.Optional;

/** The queues are not counted, so no scheduler is doing its maintenance duties. */
final class NoScheduler implements Check {
  private static final Duration MAX_AGE = Duration.ofSeconds(30);

  @Override
  public Optional<Trouble> in(Situation situation) {
    boolean taken =
        situation.sample() != null
            && !situation.sample().at().isBefore(situation.now().minus(MAX_AGE));
    return taken
        ? Optional.empty()
        : Optional.of(
            new Trouble(
                "no-scheduler",
                Trouble.Severity.CRITICAL,
                "No scheduler is running",
                "The queues have not been counted for more than 30 s. Without a scheduler, delayed jobs and retries do not start, and the jobs of lost workers are not requeued. Start the scheduler service, or check its log.",
                null,
                null));
  }
}
