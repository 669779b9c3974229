package io.mrq.api.overview;

import io.mrq.store.WorkerSummary;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.stream.Stream;

/** A worker has stopped to beat and is not marked lost yet. */
final class WorkerSilent implements Check {
  private static final Duration LONG = Duration.ofSeconds(10);

  @Override
  public Stream<Trouble> in(Situation situation) {
    Instant limit = situation.now().minus(LONG);
    return situation
        .living()
        .filter(WorkerSummary::beats)
        .filter(worker -> worker.seen() != null && worker.seen().isBefore(limit))
        .map(worker -> trouble(worker, situation.now()));
  }

  private static Trouble trouble(WorkerSummary worker, Instant now) {
    String name = worker.name().isEmpty() ? worker.id().hex() : worker.name();
    return new Trouble(
        "worker-silent",
        Trouble.Severity.WARNING,
        "The worker %s is silent".formatted(name),
        "Its last beat was %s ago. The scheduler takes its jobs from it when it counts as lost; look whether its process is alive and reaches MongoDB."
            .formatted(Check.told(Duration.between(Objects.requireNonNull(worker.seen()), now))),
        "workers",
        Check.query("worker", worker.id().hex()));
  }
}
