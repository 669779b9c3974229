package io.mrq.testing;

import io.mrq.job.Job;
import io.mrq.job.ReadyJob;
import io.mrq.query.JobQueries;
import io.mrq.queue.QueueName;
import io.mrq.queue.QueuePauses;
import io.mrq.recovery.RecoveryStore;
import io.mrq.task.TaskRegistry;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;

/**
 * Chooses the job that runs next: of all queues that are not paused, the first one by priority and
 * date. Jobs of tasks that the context does not have wait for somebody else's worker.
 */
final class NextJob {
  private static final int LIMIT = 10_000;

  private final RecoveryStore recovery;
  private final JobQueries queries;
  private final QueuePauses pauses;
  private final TaskRegistry tasks;

  NextJob(RecoveryStore recovery, JobQueries queries, QueuePauses pauses, TaskRegistry tasks) {
    this.recovery = recovery;
    this.queries = queries;
    this.pauses = pauses;
    this.tasks = tasks;
  }

  Optional<ReadyJob> find() {
    Set<String> paused = pauses.paused();
    return recovery.queuesWithJobs().stream()
        .filter(queue -> !paused.contains(queue) && !paused.contains(QueueName.root(queue)))
        .flatMap(queue -> recovery.inOrder(queue, null, LIMIT).stream())
        .sorted(Comparator.comparingLong(ReadyJob::order).thenComparing(ReadyJob::id))
        .filter(this::isKnown)
        .findFirst();
  }

  private boolean isKnown(ReadyJob ready) {
    return queries.find(ready.id()).map(Job::path).flatMap(tasks::find).isPresent();
  }
}
