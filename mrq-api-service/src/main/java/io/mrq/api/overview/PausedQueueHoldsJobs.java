package io.mrq.api.overview;

import io.mrq.client.QueueActions;
import io.mrq.job.JobStatus;
import io.mrq.store.QueueCount;
import io.mrq.store.QueuePause;
import java.util.stream.Stream;

/** Jobs wait in a queue that somebody has paused, and may have forgotten. */
final class PausedQueueHoldsJobs implements Check {
  @Override
  public Stream<Trouble> in(Situation situation) {
    return situation.queues().stream()
        .filter(count -> count.in(JobStatus.QUEUED) > 0)
        .flatMap(count ->
            QueueActions.pauseOf(count.queue(), situation.pauses()).stream()
                .map(pause -> trouble(count, pause)));
  }

  private static Trouble trouble(QueueCount count, QueuePause pause) {
    return new Trouble(
        "queue-paused",
        Trouble.Severity.INFO,
        "The queue %s is paused".formatted(count.queue()),
        "%s wait there. Paused by %s%s; resume it when its reason is gone."
            .formatted(
                Check.jobs(count.in(JobStatus.QUEUED)),
                pause.who(),
                pause.why().isBlank() ? "" : ": " + pause.why()),
        "queues",
        Check.query("queue", count.queue()));
  }
}
