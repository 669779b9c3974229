package io.mrq.bulk;

import io.mrq.job.InvalidJobException;
import io.mrq.job.JobStatus;
import io.mrq.queue.QueueName;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Requeues or cancels all jobs that pass a filter: previews such an action, starts it, watches it
 * and stops it. The maintenance of any scheduler runs it. Every method may throw {@link
 * io.mrq.store.StoreUnavailableException}.
 */
public final class BulkActions {
  private final BulkActionStore actions;
  private final BulkMoves moves;
  private final InstantSource clock;

  public BulkActions(BulkActionStore actions, BulkMoves moves, InstantSource clock) {
    this.actions = actions;
    this.moves = moves;
    this.clock = clock;
  }

  /**
   * Counts, exactly, how many jobs an action would change if it ran now.
   *
   * @param queue the queue into which a requeue would put the jobs; does not change the count, but
   *     is checked; null: each into the one that it was in
   * @throws InvalidJobException as {@link #prepare} does
   * @throws io.mrq.query.QueryTooSlowException when the store cannot count the jobs in a few
   *     seconds
   */
  public long preview(BulkAction.Kind kind, BulkFilter filter, @Nullable String queue) {
    return movable(draft(kind, filter, queue, ""));
  }

  /**
   * Makes an action and counts its jobs, but does not store it yet; see {@link #start}.
   *
   * @param queue the queue into which a requeue puts the jobs; null: each into the one that it was
   *     in
   * @param who requests it, for people to read
   * @throws InvalidJobException when the filter is empty, the queue has no legal name, or a queue
   *     is given with a cancel
   * @throws io.mrq.query.QueryTooSlowException when the store cannot count the jobs in a few
   *     seconds
   */
  public BulkAction prepare(
      BulkAction.Kind kind, BulkFilter filter, @Nullable String queue, String who) {
    BulkAction draft = draft(kind, filter, queue, who);
    long movable = movable(draft);
    long all = Math.max(movable, moves.count(filter));
    return new BulkAction(
        draft.id(),
        draft.kind(),
        draft.filter(),
        draft.queue(),
        draft.status(),
        draft.who(),
        draft.created(),
        null,
        null,
        BulkProgress.of(all, all - movable),
        null);
  }

  /** Stores an action from {@link #prepare}; a scheduler begins to run it within about a second. */
  public void start(BulkAction prepared) {
    actions.create(prepared);
  }

  private BulkAction draft(
      BulkAction.Kind kind, BulkFilter filter, @Nullable String queue, String who) {
    if (filter.isEmpty()) {
      throw new InvalidJobException(
          "filter",
          "must have at least one condition, because an empty filter would match every job");
    }
    if (queue != null && kind == BulkAction.Kind.CANCEL) {
      throw new InvalidJobException(
          "queue", "is allowed only for a requeue, because a cancel puts jobs into no queue");
    }
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    return new BulkAction(
        BulkActionId.next(),
        kind,
        filter,
        queue == null ? null : QueueName.checked(queue),
        BulkAction.Status.WAITING,
        who,
        now,
        null,
        null,
        BulkProgress.of(0, 0),
        null);
  }

  /** The action with this id; empty when there is none. Ended actions are kept for 30 days. */
  public Optional<BulkAction> find(BulkActionId id) {
    return actions.find(id);
  }

  /**
   * Actions, newest first.
   *
   * @param limit how many at most
   */
  public List<BulkAction> list(int limit) {
    return actions.list(limit);
  }

  /**
   * Counts the jobs that each of these actions was the last to change by their present status. Jobs
   * that were deleted since are not counted.
   *
   * @return the counts by action; an action without such jobs is left out
   * @throws io.mrq.query.QueryTooSlowException when the store cannot tell within a few seconds
   */
  public Map<BulkActionId, Map<JobStatus, Long>> outcomes(Collection<BulkActionId> ids) {
    return moves.outcomes(ids);
  }

  /**
   * Stops an action after its present batch; jobs that it has changed stay as they are. An action
   * that has ended stays as it is.
   *
   * @return the action as it is now; empty when there is none
   */
  public Optional<BulkAction> stop(BulkActionId id) {
    return actions.stop(id, clock.instant().truncatedTo(ChronoUnit.MILLIS));
  }

  private long movable(BulkAction action) {
    return action.scope().map(moves::count).orElse(0L);
  }
}
