package io.mrq.api.overview;

import io.mrq.stats.QueueCount;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** A job has waited for a long time although its queue is served. */
final class OldestJob implements Check {
  private static final Duration MAX_WAIT = Duration.ofMinutes(5);

  @Override
  public Optional<Trouble> in(Situation situation) {
    Instant limit = situation.now().minus(MAX_WAIT);
    List<QueueCount> late =
        situation
            .waitingQueues()
            .filter(count -> count.oldest() != null && count.oldest().isBefore(limit))
            // NoWorker reports the queues that are not served.
            .filter(count -> situation.isServed(count.queue()))
            .sorted(Comparator.comparing((QueueCount count) -> oldest(count)))
            .toList();
    return Trouble.of(
        late.stream().map(count -> trouble(count, age(count, situation))).toList(),
        () ->
            new Trouble.Words(
                "Jobs in %,d queues have waited for up to %s"
                    .formatted(late.size(), Check.text(age(late.getFirst(), situation))),
                "The workers of these queues cannot keep up. Add workers or slots, or check what they are running."));
  }

  private static Instant oldest(QueueCount count) {
    return Objects.requireNonNull(count.oldest());
  }

  private static Duration age(QueueCount count, Situation situation) {
    return Duration.between(oldest(count), situation.now());
  }

  private static Trouble trouble(QueueCount count, Duration age) {
    return new Trouble(
        "oldest-job",
        Trouble.Severity.WARNING,
        "A job in %s has waited for %s".formatted(count.queue(), Check.text(age)),
        "The workers of this queue cannot keep up, or jobs of higher priority come first. Add workers or slots, or check what they are running.",
        "queues",
        Check.query("queue", count.queue()));
  }
}
