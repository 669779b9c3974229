package io.mrq.service.worker.basetasks;

import io.mrq.bulk.BulkAction.Kind;
import io.mrq.bulk.BulkActionId;
import io.mrq.bulk.BulkFilter;
import io.mrq.bulk.BulkMoves;
import io.mrq.engine.bulk.BatchMover;
import io.mrq.job.InvalidJobException;
import io.mrq.job.Job;
import io.mrq.job.JobId;
import io.mrq.query.JobFilter;
import io.mrq.query.JobQueries;
import io.mrq.store.StoreUnavailableException;
import io.mrq.task.JobContext;
import io.mrq.task.MrqTask;
import io.mrq.task.Task;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Cancels or requeues the jobs that pass a filter, as a bulk action does: each job by one write
 * that checks again what can change. It does so itself, in batches, so that its result has the
 * counts. The id of the bulk action is that of the job of this task: a run that is repeated changes
 * no job for the second time.
 *
 * <p>Without an id only jobs that are older than the job of this task are changed, by their ids.
 */
@MrqTask(value = "mrq.basetasks.utils.JobAction", retryOn = StoreUnavailableException.class)
final class JobActionTask extends Task<Map<String, @Nullable Object>, Map<String, Object>> {
  private static final int BATCH = 500;

  /** How many jobs are held in memory with all that they have, where a condition needs that. */
  private static final int READ = 50;

  private final JobQueries queries;
  private final BulkMoves moves;
  private final BatchMover mover;
  private final InstantSource clock;

  JobActionTask(JobQueries queries, BulkMoves moves, BatchMover mover, InstantSource clock) {
    this.queries = queries;
    this.moves = moves;
    this.mover = mover;
    this.clock = clock;
  }

  @Override
  public Map<String, Object> run(Map<String, @Nullable Object> params) throws InterruptedException {
    ActionParams action;
    try {
      action = ActionParams.read(params, this::queues);
    } catch (InvalidJobException bad) {
      return Answers.moved(0, 0, "Nothing was done: %s.".formatted(bad.getMessage()));
    }
    Optional<JobId> self = JobContext.current().map(context -> context.job().id());
    BulkActionId id = self.map(job -> new BulkActionId(job.hex())).orElseGet(BulkActionId::next);
    JobId only = action.id();
    long moved = 0;
    for (JobFilter filter : action.filters()) {
      // Running jobs are left alone, and so are jobs that are what they would become.
      Optional<JobFilter> scope =
          BulkFilter.of(filter).in(action.kind().from()).map(BulkFilter::jobs);
      if (scope.isEmpty()) {
        continue;
      }
      if (only == null) {
        moved += moveAll(action, id, scope.get(), self.orElse(null));
      } else if (moved == 0) {
        moved = moveOne(action, id, scope.get(), only);
      }
    }
    return action.kind() == Kind.CANCEL
        ? Answers.moved(0, moved, null)
        : Answers.moved(moved, 0, null);
  }

  private List<String> queues(String prefix) {
    List<String> found = queries.queues(prefix, ActionParams.MAX_FILTERS + 1);
    if (found.size() > ActionParams.MAX_FILTERS) {
      throw new InvalidJobException("queue", "'%s' stands for too many queues".formatted(prefix));
    }
    return found;
  }

  private long moveOne(ActionParams action, BulkActionId id, JobFilter scope, JobId job) {
    return move(action, id, new BulkFilter(scope, List.of(job)), passing(action, List.of(job)));
  }

  /** Oldest first, so that requeued jobs keep their order. */
  private long moveAll(ActionParams action, BulkActionId id, JobFilter jobs, @Nullable JobId before)
      throws InterruptedException {
    BulkFilter scope = BulkFilter.of(jobs);
    long moved = 0;
    List<JobId> batch = moves.next(scope, null, BATCH);
    while (!batch.isEmpty()) {
      if (JobContext.current().map(JobContext::stopRequested).orElse(false)) {
        throw new InterruptedException("the run is to stop");
      }
      List<JobId> older =
          batch.stream().filter(job -> before == null || job.compareTo(before) < 0).toList();
      moved += move(action, id, scope, passing(action, older));
      batch = older.size() == BATCH ? moves.next(scope, batch.getLast(), BATCH) : List.of();
    }
    return moved;
  }

  /** Jobs that are no more than filtered need not be read. */
  private List<JobId> passing(ActionParams action, List<JobId> batch) {
    Predicate<Job> condition = action.condition();
    if (condition == null) {
      return batch;
    }
    Set<JobId> passing = new HashSet<>();
    for (int from = 0; from < batch.size(); from += READ) {
      List<JobId> some = batch.subList(from, Math.min(batch.size(), from + READ));
      queries.find(some).stream().filter(condition).map(Job::id).forEach(passing::add);
    }
    return batch.stream().filter(passing::contains).toList();
  }

  private int move(ActionParams action, BulkActionId id, BulkFilter scope, List<JobId> batch) {
    if (batch.isEmpty()) {
      return 0;
    }
    return switch (action.kind()) {
      case REQUEUE ->
          mover.requeue(id, scope, batch, action.queue(), action.retryCount(), clock.instant());
      case CANCEL -> mover.cancel(id, scope, batch, clock.instant());
    };
  }
}
