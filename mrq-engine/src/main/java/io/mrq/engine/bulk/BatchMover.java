package io.mrq.engine.bulk;

import io.mrq.bulk.BulkAction;
import io.mrq.bulk.BulkFilter;
import io.mrq.bulk.BulkMoves;
import io.mrq.bulk.BulkMoves.Candidate;
import io.mrq.dispatch.JobDispatcher;
import io.mrq.job.JobId;
import io.mrq.job.JobOrder;
import io.mrq.job.ReadyJob;
import io.mrq.job.TimeHorizon;
import io.mrq.task.TaskCatalog;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Requeues or cancels one batch of a bulk action: the store decides which of its jobs still
 * qualify, and the dispatch index is told about those that changed.
 */
public final class BatchMover {
  private final BulkMoves moves;
  private final JobDispatcher dispatcher;
  private final TaskCatalog tasks;

  /**
   * Creates a mover.
   *
   * @param tasks tells how long cancelled jobs are kept; may be empty
   */
  public BatchMover(BulkMoves moves, JobDispatcher dispatcher, TaskCatalog tasks) {
    this.moves = moves;
    this.dispatcher = dispatcher;
    this.tasks = tasks;
  }

  /**
   * Moves those jobs of the batch that are in the scope.
   *
   * @return how many of the batch the action has moved, earlier attempts included
   */
  int move(BulkAction action, BulkFilter scope, Instant date) {
    Instant now = date.truncatedTo(ChronoUnit.MILLIS);
    List<JobId> batch = action.progress().batch();
    List<Candidate> jobs = moves.load(batch);
    return switch (action.kind()) {
      case REQUEUE -> requeue(action, scope, jobs, now);
      case CANCEL -> cancel(action, scope, jobs, now);
    };
  }

  private int requeue(BulkAction action, BulkFilter scope, List<Candidate> jobs, Instant now) {
    Map<JobId, ReadyJob> to = new LinkedHashMap<>();
    for (Candidate job : jobs) {
      String queue = Objects.requireNonNullElse(action.queue(), job.queue());
      to.put(job.id(), new ReadyJob(job.id(), queue, JobOrder.of(now, job.priority())));
    }
    moves.requeue(action.id(), scope, to.values(), now);
    Set<JobId> moved = moves.movedBy(action.id(), to.keySet());
    List<Candidate> left =
        jobs.stream()
            .filter(job -> moved.contains(job.id()))
            .filter(job -> action.queue() != null && !job.queue().equals(action.queue()))
            .toList();
    drop(left);
    dispatcher.offer(to.values().stream().filter(job -> moved.contains(job.id())).toList());
    return moved.size();
  }

  private int cancel(BulkAction action, BulkFilter scope, List<Candidate> jobs, Instant now) {
    Map<JobId, Instant> expires = new LinkedHashMap<>();
    for (Candidate job : jobs) {
      Duration ttl = job.ttl();
      expires.put(
          job.id(),
          now.plus(
              TimeHorizon.within(
                  ttl == null ? tasks.settings(job.path()).retention().cancel() : ttl)));
    }
    moves.cancel(action.id(), scope, expires, now);
    Set<JobId> moved = moves.movedBy(action.id(), expires.keySet());
    drop(jobs.stream().filter(job -> moved.contains(job.id())).toList());
    return moved.size();
  }

  private void drop(Collection<Candidate> jobs) {
    Map<String, List<JobId>> byQueue = new HashMap<>();
    jobs.forEach(job -> byQueue.computeIfAbsent(job.queue(), _ -> new ArrayList<>()).add(job.id()));
    byQueue.forEach(dispatcher::drop);
  }
}
