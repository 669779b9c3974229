package io.mrq.engine.bulk;

import io.mrq.bulk.BulkAction;
import io.mrq.bulk.BulkActionId;
import io.mrq.bulk.BulkFilter;
import io.mrq.bulk.BulkMoves;
import io.mrq.bulk.BulkMoves.Candidate;
import io.mrq.bulk.BulkMoves.RetryCount;
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
import org.jspecify.annotations.Nullable;

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
    List<JobId> batch = action.progress().batch();
    return switch (action.kind()) {
      case REQUEUE -> requeue(action.id(), scope, batch, action.queue(), RetryCount.ZERO, date);
      case CANCEL -> cancel(action.id(), scope, batch, date);
    };
  }

  /**
   * Requeues those jobs of a batch that are in a scope.
   *
   * @param by marks the jobs; a job that has the mark is left alone
   * @param queue null: each job goes into the queue that it was in
   * @param retries what becomes of their counted retries
   * @return how many of the batch have the mark now, from earlier calls, too
   */
  public int requeue(
      BulkActionId by,
      BulkFilter scope,
      List<JobId> batch,
      @Nullable String queue,
      RetryCount retries,
      Instant date) {
    Instant now = date.truncatedTo(ChronoUnit.MILLIS);
    List<Candidate> jobs = moves.load(batch);
    Map<JobId, ReadyJob> to = new LinkedHashMap<>();
    for (Candidate job : jobs) {
      String target = Objects.requireNonNullElse(queue, job.queue());
      to.put(job.id(), new ReadyJob(job.id(), target, JobOrder.of(now, job.priority())));
    }
    moves.requeue(by, scope, to.values(), retries, now);
    Set<JobId> moved = moves.movedBy(by, to.keySet());
    List<Candidate> left =
        jobs.stream()
            .filter(job -> moved.contains(job.id()))
            .filter(job -> queue != null && !job.queue().equals(queue))
            .toList();
    drop(left);
    dispatcher.offer(to.values().stream().filter(job -> moved.contains(job.id())).toList());
    return moved.size();
  }

  /**
   * Cancels those jobs of a batch that are in a scope.
   *
   * @param by marks the jobs; a job that has the mark is left alone
   * @return how many of the batch have the mark now, from earlier calls, too
   */
  public int cancel(BulkActionId by, BulkFilter scope, List<JobId> batch, Instant date) {
    Instant now = date.truncatedTo(ChronoUnit.MILLIS);
    List<Candidate> jobs = moves.load(batch);
    Map<JobId, Instant> expires = new LinkedHashMap<>();
    for (Candidate job : jobs) {
      Duration ttl = job.ttl();
      expires.put(
          job.id(),
          now.plus(
              TimeHorizon.within(
                  ttl == null ? tasks.settings(job.path()).retention().cancel() : ttl)));
    }
    moves.cancel(by, scope, expires, now);
    Set<JobId> moved = moves.movedBy(by, expires.keySet());
    drop(jobs.stream().filter(job -> moved.contains(job.id())).toList());
    return moved.size();
  }

  private void drop(Collection<Candidate> jobs) {
    Map<String, List<JobId>> byQueue = new HashMap<>();
    jobs.forEach(job -> byQueue.computeIfAbsent(job.queue(), _ -> new ArrayList<>()).add(job.id()));
    byQueue.forEach(dispatcher::drop);
  }
}
