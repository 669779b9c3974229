package io.mrq.api.overview;

import io.mrq.queue.ParkedTask;
import io.mrq.task.TaskRelease;
import io.mrq.worker.WorkerSummary;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Jobs wait in a queue none of whose workers knows their task. */
final class UnknownTask implements Check {
  private static final String KIND = "unknown-task";

  @Override
  public Optional<Trouble> in(Situation situation) {
    List<ParkedTask> unknown =
        situation.parked().stream()
            .filter(parked -> parked.waiting() > 0)
            .filter(parked ->
                knowing(situation, parked.path())
                    .noneMatch(worker -> worker.serves(parked.queue())))
            .sorted(Comparator.comparingLong((ParkedTask parked) -> -parked.waiting()))
            .toList();
    return Trouble.of(
        unknown.stream().map(parked -> trouble(situation, parked)).toList(),
        () ->
            new Trouble.Words(
                "No worker of their queue knows %,d tasks".formatted(unknown.size()),
                "%s. Start workers that have these tasks; then the jobs run, and none has used up an attempt."
                    .formatted(
                        Check.jobsWait(unknown.stream().mapToLong(ParkedTask::waiting).sum()))));
  }

  private static Trouble trouble(Situation situation, ParkedTask parked) {
    List<WorkerSummary> elsewhere = knowing(situation, parked.path()).toList();
    String others =
        elsewhere.isEmpty()
            ? "No living worker knows it."
            : "Worker %s on %s does."
                .formatted(elsewhere.getFirst().name(), queues(elsewhere.getFirst()));
    return new Trouble(
        KIND,
        Trouble.Severity.WARNING,
        "Nobody on %s knows %s".formatted(parked.queue(), parked.path()),
        "%s %s. Start a worker of this queue that has the task, or requeue the jobs to a queue of one that has it."
            .formatted(others, Check.jobsWait(parked.waiting())),
        "jobs",
        Check.query("queue", parked.queue()) + "&" + Check.query("path", parked.path()));
  }

  private static String queues(WorkerSummary worker) {
    return worker.queues().stream().map(q -> q.text()).collect(Collectors.joining(", "));
  }

  private static Stream<WorkerSummary> knowing(Situation situation, String path) {
    Set<String> releases =
        situation.releases().stream()
            .filter(release -> release.find(path).isPresent())
            .map(TaskRelease::id)
            .collect(Collectors.toSet());
    return situation.present().filter(worker -> releases.contains(worker.release()));
  }
}
