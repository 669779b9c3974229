package io.mrq.api.overview;

import io.mrq.worker.WorkerSummary;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** A worker has stopped to beat, or to report, and is not marked lost yet. */
final class WorkerSilent implements Check {
  @Override
  public Optional<Trouble> in(Situation situation) {
    List<Trouble> all =
        situation
            .living()
            .filter(worker -> worker.isSilent(situation.now()))
            .sorted(Comparator.comparing(WorkerSilent::seen))
            .map(worker -> trouble(worker, situation.now()))
            .toList();
    return Trouble.of(
        all,
        () ->
            new Trouble.Words(
                "%,d workers are silent".formatted(all.size()),
                "Look whether their processes are alive and reach MongoDB."));
  }

  private static Instant seen(WorkerSummary worker) {
    return Objects.requireNonNull(worker.seen());
  }

  private static Trouble trouble(WorkerSummary worker, Instant now) {
    String name = worker.name().isEmpty() ? worker.id().hex() : worker.name();
    String since = Check.told(Duration.between(seen(worker), now));
    return new Trouble(
        "worker-silent",
        Trouble.Severity.WARNING,
        "The worker %s is silent".formatted(name),
        worker.beats()
            ? "Its last beat was %s ago. The scheduler takes its jobs from it when it counts as lost; look whether its process is alive and reaches MongoDB."
                .formatted(since)
            : "This Python worker reported last %s ago. Its jobs stay with it for an hour; look whether its process is alive and reaches MongoDB."
                .formatted(since),
        "workers",
        Check.query("worker", worker.id().hex()));
  }
}
