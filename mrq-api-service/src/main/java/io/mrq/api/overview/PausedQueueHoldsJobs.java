package io.mrq.api.overview;

import io.mrq.job.JobStatus;
import io.mrq.queue.QueueActions;
import io.mrq.queue.QueuePause;
import io.mrq.stats.QueueCount;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Jobs wait in a paused queue: the pause may have been forgotten. */
final class PausedQueueHoldsJobs implements Check {
  @Override
  public Optional<Trouble> in(Situation situation) {
    List<QueueCount> held =
        situation.queues().stream()
            .filter(count -> count.in(JobStatus.QUEUED) > 0)
            .filter(count -> QueueActions.pauseOf(count.queue(), situation.pauses()).isPresent())
            .sorted(Comparator.comparingLong((QueueCount count) -> -count.in(JobStatus.QUEUED)))
            .toList();
    return Trouble.of(
        held.stream()
            .flatMap(count ->
                QueueActions.pauseOf(count.queue(), situation.pauses()).stream()
                    .map(pause -> trouble(count, pause)))
            .toList(),
        () ->
            new Trouble.Words(
                "%,d queues with jobs are paused".formatted(held.size()),
                "%s there. Resume each queue when the reason for its pause is gone."
                    .formatted(
                        Check.jobsWait(
                            held.stream().mapToLong(count -> count.in(JobStatus.QUEUED)).sum()))));
  }

  private static Trouble trouble(QueueCount count, QueuePause pause) {
    return new Trouble(
        "queue-paused",
        Trouble.Severity.INFO,
        "The queue %s is paused".formatted(count.queue()),
        "%s there. Paused by %s%s. Resume it when the reason is gone."
            .formatted(
                Check.jobsWait(count),
                pause.who(),
                pause.why().isBlank() ? "" : ": " + pause.why()),
        "queues",
        Check.query("queue", count.queue()));
  }
}
