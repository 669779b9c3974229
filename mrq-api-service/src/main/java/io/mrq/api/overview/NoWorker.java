package io.mrq.api.overview;

import io.mrq.job.JobStatus;
import io.mrq.store.QueueCount;
import java.util.Comparator;
import java.util.stream.Stream;

/** Jobs wait in a queue that no living worker serves. */
final class NoWorker implements Check {
  @Override
  public Stream<Trouble> in(Situation situation) {
    return situation
        .waitingQueues()
        .filter(count -> !situation.isServed(count.queue()))
        .sorted(Comparator.comparingLong((QueueCount count) -> -count.in(JobStatus.QUEUED)))
        .map(NoWorker::trouble);
  }

  private static Trouble trouble(QueueCount count) {
    return new Trouble(
        "no-worker",
        Trouble.Severity.CRITICAL,
        "No worker serves the queue %s".formatted(count.queue()),
        "%s wait there. Start a worker with mrq.worker.queues=%s, or move them to a queue that is served."
            .formatted(Check.jobs(count.in(JobStatus.QUEUED)), count.queue()),
        "queues",
        Check.query("queue", count.queue()));
  }
}
