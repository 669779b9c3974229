package io.mrq.api.overview;

import io.mrq.job.JobStatus;
import io.mrq.queue.ParkedTask;
import io.mrq.queue.QueueActions;
import io.mrq.queue.QueuePause;
import io.mrq.schedule.Schedule;
import io.mrq.stats.JobCounts;
import io.mrq.stats.QueueCount;
import io.mrq.stats.QueueSample;
import io.mrq.task.TaskRelease;
import io.mrq.worker.WorkerSummary;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Everything that an overview is computed from, at one moment.
 *
 * @param now the moment
 * @param sample the newest counts of the queues; null when none were taken in the last minute
 * @param totals what happened in the last half hour, by period
 * @param workers all workers that have a document
 * @param pauses the paused queues
 * @param schedules the schedules, 1,000 at most
 * @param parked tasks of which jobs wait for a worker that knows them
 * @param releases what workers have published of their tasks
 * @param redis whether Redis answers
 */
record Situation(
    Instant now,
    @Nullable QueueSample sample,
    SortedMap<Instant, JobCounts> totals,
    List<WorkerSummary> workers,
    List<QueuePause> pauses,
    List<Schedule> schedules,
    List<ParkedTask> parked,
    List<TaskRelease> releases,
    boolean redis) {

  /** The counts of the queues; empty when they are unknown. */
  List<QueueCount> queues() {
    return sample == null ? List.of() : sample.counts();
  }

  /** Queues that are not paused and hold queued jobs. */
  Stream<QueueCount> waitingQueues() {
    return queues().stream()
        .filter(count -> count.in(JobStatus.QUEUED) > 0)
        .filter(count -> QueueActions.pauseOf(count.queue(), pauses).isEmpty());
  }

  /** Workers that have neither stopped nor been lost. */
  Stream<WorkerSummary> living() {
    return workers.stream().filter(worker -> !worker.gone());
  }

  /** Living workers that have reported recently. */
  Stream<WorkerSummary> present() {
    return living().filter(worker -> !worker.isSilent(now));
  }

  /** Whether a worker takes jobs of this queue; silent and draining workers take none. */
  boolean isServed(String queue) {
    return present().anyMatch(worker -> !worker.leaving() && worker.serves(queue));
  }

  /** Living workers of this queue, whether or not they take jobs now. */
  List<WorkerSummary> workersOf(String queue) {
    return living().filter(worker -> worker.serves(queue)).toList();
  }

  /** The sum of what happened since then. */
  JobCounts since(Instant from) {
    return totals.tailMap(from).values().stream().reduce(JobCounts.ZERO, JobCounts::plus);
  }
}
