package io.mrq.test.memory.queue;

import io.mrq.job.Job;
import io.mrq.job.JobId;
import io.mrq.job.JobOrder;
import io.mrq.job.ReadyJob;
import io.mrq.queue.ParkedTask;
import io.mrq.queue.ParkedTasks;
import io.mrq.test.memory.job.InMemoryJobs;
import io.mrq.test.memory.job.ParkedLane;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/** Parked jobs in memory. */
public final class InMemoryParkedTasks implements ParkedTasks {
  private final InMemoryJobs jobs;
  private final ConcurrentHashMap<Place, ParkedTask> notes = new ConcurrentHashMap<>();

  public InMemoryParkedTasks(InMemoryJobs jobs) {
    this.jobs = jobs;
  }

  private record Place(String queue, String path) {}

  private static Predicate<Job> parkedIn(String queue) {
    return InMemoryJobs.queuedIn(queue).and(ParkedLane::holds);
  }

  @Override
  public List<ParkedTask> notes() {
    return notes.values().stream()
        .sorted(Comparator.comparing(ParkedTask::queue).thenComparing(ParkedTask::path))
        .toList();
  }

  @Override
  public void note(String queue, Collection<String> paths, Instant now) {
    for (String path : paths) {
      notes.compute(
          new Place(queue, path),
          (_, known) ->
              known == null
                  ? new ParkedTask(queue, path, now, 0, null)
                  : new ParkedTask(queue, path, now, known.waiting(), known.oldest()));
    }
  }

  @Override
  public List<ReadyJob> jobs(String queue, Collection<String> paths, int limit) {
    Set<String> wanted = Set.copyOf(paths);
    return jobs.select(parkedIn(queue).and(job -> wanted.contains(ParkedLane.path(job)))).stream()
        .sorted(InMemoryJobs.DISPATCH_ORDER)
        .limit(limit)
        .map(InMemoryJobs::ready)
        .toList();
  }

  @Override
  public void unpark(String queue, Collection<JobId> ids) {
    jobs.update(ids, parkedIn(queue), ParkedLane::leave);
  }

  @Override
  public List<ParkedTask> count(String queue, Instant now) {
    Map<String, ParkedTask> counts = new TreeMap<>();
    for (Job job : jobs.select(parkedIn(queue))) {
      Instant ready = JobOrder.readySince(InMemoryJobs.orderOf(job));
      counts.merge(
          ParkedLane.path(job),
          new ParkedTask(queue, ParkedLane.path(job), now, 1, ready),
          InMemoryParkedTasks::sum);
    }
    return List.copyOf(counts.values());
  }

  private static ParkedTask sum(ParkedTask one, ParkedTask other) {
    Instant oldest = one.oldest();
    Instant ready = other.oldest();
    return new ParkedTask(
        one.queue(),
        one.path(),
        one.noted(),
        one.waiting() + other.waiting(),
        oldest != null && ready != null && ready.isBefore(oldest) ? ready : oldest);
  }

  @Override
  public void note(String queue, List<ParkedTask> counted) {
    counted.forEach(task -> notes.put(new Place(queue, task.path()), task));
  }

  @Override
  public void forget(String queue, String path, Instant notedBefore) {
    notes.computeIfPresent(
        new Place(queue, path), (_, known) -> known.noted().isBefore(notedBefore) ? null : known);
  }
}
