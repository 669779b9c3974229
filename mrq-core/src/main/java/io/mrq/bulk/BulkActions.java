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
 * Requeues or cancels all jobs that pass a filter: counts them, starts an action, watches and stops
 * it. The action is done by the maintenance of any scheduler, not here. Methods throw {@link
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
   * How many jobs an action would move if it ran now, exactly.
   *
   * @param queue where a requeue would put them, which changes nothing but may be illegal; null:
   *     each where it was
   * @throws InvalidJobException as {@link #prepare} does
   * @throws io.mrq.query.QueryTooSlowException when the store cannot tell within a few seconds
   */
  public long preview(BulkAction.Kind kind, BulkFilter filter, @Nullable String queue) {
    return movable(draft(kind, filter, queue, ""));
  }

  /**
   * An action that is counted but not stored yet: {@link #start} does that.
   *
   * @param queue where a requeue puts the jobs; null: each where it was
   * @param who asks for it
   * @throws InvalidJobException for an empty filter, an illegal queue, or a queue to cancel to
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

  /** Stores what was prepared; a scheduler begins within about a second. */
  public void start(BulkAction prepared) {
    actions.create(prepared);
  }

  private BulkAction draft(
      BulkAction.Kind kind, BulkFilter filter, @Nullable String queue, String who) {
    if (filter.isEmpty()) {
      throw new InvalidJobException(
          "filter", "must say which jobs: an empty one would be for all that there are");
    }
    if (queue != null && kind == BulkAction.Kind.CANCEL) {
      throw new InvalidJobException("queue", "is for a requeue; a cancel puts jobs nowhere");
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

  /** The action, or nothing. Ended ones are kept for 30 days. */
  public Optional<BulkAction> find(BulkActionId id) {
    return actions.find(id);
  }

  /** Actions, newest first. */
  public List<BulkAction> list(int limit) {
    return actions.list(limit);
  }

  /**
   * Where the jobs now stand that these actions moved last: how many are in each status. Jobs that
   * another action has moved since, or that were deleted, are counted nowhere.
   *
   * @return an action without such jobs is left out
   * @throws io.mrq.query.QueryTooSlowException when the store cannot tell within a few seconds
   */
  public Map<BulkActionId, Map<JobStatus, Long>> outcomes(Collection<BulkActionId> ids) {
    return moves.outcomes(ids);
  }

  /**
   * Stops an action after the batch that it is at; what it has moved stays moved. One that has
   * ended stays as it is.
   *
   * @return as it is now; nothing when there is none
   */
  public Optional<BulkAction> stop(BulkActionId id) {
    return actions.stop(id, clock.instant().truncatedTo(ChronoUnit.MILLIS));
  }

  private long movable(BulkAction action) {
    return action.scope().map(moves::count).orElse(0L);
  }
}
