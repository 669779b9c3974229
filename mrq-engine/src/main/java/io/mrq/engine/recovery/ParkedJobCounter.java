package io.mrq.engine.recovery;

import io.mrq.engine.maintenance.IndependentSteps;
import io.mrq.engine.maintenance.MaintenanceDuty;
import io.mrq.queue.ParkedTask;
import io.mrq.queue.ParkedTasks;
import io.mrq.recovery.RecoveryStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Counts parked jobs, so that people see them, and keeps the notes true by which workers find them:
 * a worker may die between parking a job and noting it, and nobody else notes that none is left.
 */
public final class ParkedJobCounter implements MaintenanceDuty {
  private static final Duration PERIOD = Duration.ofSeconds(30);

  /** Longer than a worker parks jobs without renewing their note. */
  private static final Duration KEEP_NOTE = Duration.ofMinutes(1);

  private final RecoveryStore store;
  private final ParkedTasks parked;
  private final InstantSource clock;

  public ParkedJobCounter(RecoveryStore store, ParkedTasks parked, InstantSource clock) {
    this.store = store;
    this.parked = parked;
    this.clock = clock;
  }

  @Override
  public String name() {
    return "parked";
  }

  @Override
  public Duration pass() {
    Map<String, List<ParkedTask>> notes =
        parked.notes().stream().collect(Collectors.groupingBy(ParkedTask::queue));
    Set<String> queues = new HashSet<>(store.queuesWithJobs());
    queues.addAll(notes.keySet());
    IndependentSteps.each(queues, queue -> count(queue, notes.getOrDefault(queue, List.of())));
    return PERIOD;
  }

  private void count(String queue, List<ParkedTask> notes) {
    Instant now = clock.instant();
    List<ParkedTask> counted = parked.count(queue, now);
    Set<String> found = counted.stream().map(ParkedTask::path).collect(Collectors.toSet());
    Set<String> noted = notes.stream().map(ParkedTask::path).collect(Collectors.toSet());
    // Those that have a note come first: they keep it, and others get what room is left.
    parked.note(
        queue,
        counted.stream()
            .sorted(Comparator.comparing(task -> !noted.contains(task.path())))
            .limit(ParkedTasks.MAX_NOTES)
            .toList());
    for (ParkedTask note : notes) {
      if (!found.contains(note.path())) {
        parked.forget(queue, note.path(), now.minus(KEEP_NOTE));
      }
    }
  }
}
