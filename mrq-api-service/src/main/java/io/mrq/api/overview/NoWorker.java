package io.mrq.api.overview;

import io.mrq.job.JobStatus;
import io.mrq.stats.QueueCount;
import io.mrq.worker.WorkerSummary;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Jobs wait in a queue that no worker takes jobs from. */
final class NoWorker implements Check {
  @Override
  public Optional<Trouble> in(Situation situation) {
    List<QueueCount> alone =
        situation
            .waitingQueues()
            .filter(count -> !situation.isServed(count.queue()))
            .sorted(Comparator.comparingLong((QueueCount count) -> -count.in(JobStatus.QUEUED)))
            .toList();
    return Trouble.of(
        alone.stream().map(count -> trouble(count, situation.workersOf(count.queue()))).toList(),
        () ->
            new Trouble.Words(
                "No worker takes jobs from %,d queues".formatted(alone.size()),
                "%s there. Start workers that serve these queues, or let draining workers take jobs again."
                    .formatted(
                        Check.jobsWait(
                            alone.stream().mapToLong(count -> count.in(JobStatus.QUEUED)).sum()))));
  }

  private static Trouble trouble(QueueCount count, List<WorkerSummary> workers) {
    String waiting = Check.jobsWait(count);
    return workers.isEmpty()
        ? new Trouble(
            "no-worker",
            Trouble.Severity.CRITICAL,
            "No worker serves the queue %s".formatted(count.queue()),
            "%s there. Start a worker with mrq.worker.queues=%s, or requeue the jobs to a queue that is served."
                .formatted(waiting, count.queue()),
            "queues",
            Check.query("queue", count.queue()))
        : new Trouble(
            "no-worker",
            Trouble.Severity.CRITICAL,
            "No worker takes jobs from %s: %s".formatted(count.queue(), standing(workers)),
            "%s there. Let a worker take jobs again on the workers page, or start another one with mrq.worker.queues=%s."
                .formatted(waiting, count.queue()),
            "workers",
            null);
  }

  private static String standing(List<WorkerSummary> workers) {
    boolean leaving = workers.stream().anyMatch(WorkerSummary::leaving);
    boolean silent = !workers.stream().allMatch(WorkerSummary::leaving);
    String how = leaving && silent ? "draining or silent" : leaving ? "draining" : "silent";
    return workers.size() == 1
        ? "its only worker is " + how
        : "its %,d workers are %s".formatted(workers.size(), how);
  }
}
