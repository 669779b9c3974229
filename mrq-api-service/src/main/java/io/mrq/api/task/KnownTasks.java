package io.mrq.api.task;

import io.mrq.queue.ParkedTask;
import io.mrq.queue.ParkedTasks;
import io.mrq.task.SharedTasks;
import io.mrq.task.TaskRelease;
import io.mrq.worker.WorkerStore;
import io.mrq.worker.WorkerSummary;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Puts together what is known of tasks: by releases, by workers, and of parked jobs. */
@Component
class KnownTasks {
  private final SharedTasks tasks;
  private final WorkerStore workers;
  private final ParkedTasks parked;

  KnownTasks(SharedTasks tasks, WorkerStore workers, ParkedTasks parked) {
    this.tasks = tasks;
    this.workers = workers;
    this.parked = parked;
  }

  /** All tasks that somebody knows, has settings for, or has jobs parked of; sorted by path. */
  List<KnownTask> all(Instant now) {
    List<WorkerSummary> living = living(now);
    List<ParkedTask> notes = parked.notes();
    Set<String> paths = new TreeSet<>(tasks.paths());
    notes.forEach(note -> paths.add(note.path()));
    return paths.stream().map(path -> task(path, living, notes)).toList();
  }

  /** One task; nothing when nobody knows anything of it. */
  Optional<KnownTask> find(String path, Instant now) {
    List<ParkedTask> notes = parked.notes();
    return tasks.paths().contains(path) || notes.stream().anyMatch(n -> n.path().equals(path))
        ? Optional.of(task(path, living(now), notes))
        : Optional.empty();
  }

  private KnownTask task(String path, List<WorkerSummary> living, List<ParkedTask> notes) {
    List<TaskRelease> releases =
        tasks.releases().stream().filter(release -> release.find(path).isPresent()).toList();
    Set<String> ids = releases.stream().map(TaskRelease::id).collect(Collectors.toSet());
    return new KnownTask(
        path,
        tasks.describe(path).orElse(null),
        tasks.layers(path).orElse(null),
        tasks.override(path).orElse(null),
        releases,
        living.stream().filter(worker -> ids.contains(worker.release())).toList(),
        notes.stream().filter(note -> note.path().equals(path)).toList());
  }

  private List<WorkerSummary> living(Instant now) {
    return workers.summaries(WorkerStore.MAX_LISTED).stream()
        .filter(worker -> !worker.gone() && !worker.isSilent(now))
        .toList();
  }
}
