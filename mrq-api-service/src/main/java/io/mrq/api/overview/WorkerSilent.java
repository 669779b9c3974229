package io.mrq.api.overview;

import io.mrq.worker.WorkerSummary;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** A worker has stopped sending heartbeats or reports and is not marked lost yet. */
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
                "Check whether their processes are alive and can reach MongoDB."));
  }

  private static Instant seen(WorkerSummary worker) {
    return Objects.requireNonNull(worker.seen());
  }

  private static Trouble trouble(WorkerSummary worker, Instant now) {
    String name = worker.name().isEmpty() ? worker.id().hex() : worker.name();
    String since = Check.text(Duration.between(seen(worker), now));
    return new Trouble(
        "worker-silent",
        Trouble.Severity.WARNING,
        "The worker %s is silent".formatted(name),
        worker.beats()
            ? "Its last heartbeat was %s ago. When it counts as lost, a scheduler requeues its jobs. Check whether its process is alive and can reach MongoDB."
                .formatted(since)
            : "This Python worker last reported %s ago. Its jobs stay with it for an hour. Check whether its process is alive and can reach MongoDB."
                .formatted(since),
        "workers",
        Check.query("worker", worker.id().hex()));
  }
}
