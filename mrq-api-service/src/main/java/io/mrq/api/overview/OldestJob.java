package io.mrq.api.overview;

import io.mrq.store.QueueCount;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Objects;
import java.util.stream.Stream;

/** A job waits for long although its queue is served. */
final class OldestJob implements Check {
  private static final Duration LONG = Duration.ofMinutes(5);

  @Override
  public Stream<Trouble> in(Situation situation) {
    Instant limit = situation.now().minus(LONG);
    return situation
        .waitingQueues()
        .filter(count -> count.oldest() != null && count.oldest().isBefore(limit))
        // Of the others the reason is known, and told elsewhere.
        .filter(count -> situation.isServed(count.queue()))
        .sorted(Comparator.comparing((QueueCount count) -> oldest(count)))
        .map(count -> trouble(count, Duration.between(oldest(count), situation.now())));
  }

  private static Instant oldest(QueueCount count) {
    return Objects.requireNonNull(count.oldest());
  }

  private static Trouble trouble(QueueCount count, Duration age) {
    return new Trouble(
        "oldest-job",
        Trouble.Severity.WARNING,
        "A job in %s has waited for %s".formatted(count.queue(), Check.told(age)),
        "The workers of this queue do not keep up, or jobs of higher priority come first. Add workers or slots, or look at what they run.",
        "queues",
        Check.query("queue", count.queue()));
  }
}
