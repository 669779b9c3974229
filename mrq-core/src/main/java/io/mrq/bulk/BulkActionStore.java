package io.mrq.bulk;

import io.mrq.job.ClaimToken;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Bulk actions and their progress. The scheduler that runs an action holds it by a token. Each
 * write of progress names the token and the {@link Held#beat() beat} that were read last, so that
 * never do two schedulers both write; when one dies, the next goes on at the progress that it left.
 *
 * <p>Every method may throw {@link io.mrq.store.StoreUnavailableException}; a caller then reads the
 * action again to learn whether its write was applied.
 */
public interface BulkActionStore {
  /** Stores a new action. An id that is taken counts as stored by an earlier try. */
  void create(BulkAction action);

  /** The action with this id; empty when there is none, or its document is not understood. */
  Optional<BulkAction> find(BulkActionId id);

  /**
   * Actions, newest id first.
   *
   * @param limit how many at most
   */
  List<BulkAction> list(int limit);

  /**
   * Actions that wait or run, oldest id first.
   *
   * @param limit how many at most
   */
  List<Held> open(int limit);

  /**
   * Takes an open action that nobody holds, or whose runner is dead.
   *
   * @param seen the action as it was read; if it has changed since, it is not taken
   * @param runner the token by which the caller holds it from now on
   * @return the action as it is now; empty when another scheduler was faster
   */
  Optional<Held> take(Held seen, ClaimToken runner, Instant now);

  /**
   * Stores the progress of an action.
   *
   * @param mine the action as its runner read or wrote it last
   * @return the action as it is now; empty when the caller does not hold it any more
   */
  Optional<Held> advance(Held mine, BulkProgress progress);

  /**
   * Ends an action.
   *
   * @param mine the action as its runner read or wrote it last
   * @param status in which it ends
   * @param error why it failed; null: it did not fail
   * @return whether the caller still held it
   * @throws IllegalArgumentException when the status is an open one
   */
  boolean finish(
      Held mine,
      BulkProgress progress,
      BulkAction.Status status,
      @Nullable String error,
      Instant now);

  /**
   * Stops an action. One that waits ends at once, one that runs is marked and ends after its
   * present batch, and one that has ended stays as it is.
   *
   * @return the action as it is now; empty when there is none
   */
  Optional<BulkAction> stop(BulkActionId id, Instant now);

  /**
   * Deletes actions that ended before this moment.
   *
   * @param limit how many at most
   * @return how many were deleted
   */
  long deleteEnded(Instant before, int limit);

  /**
   * An action and who holds it.
   *
   * @param runner the token of the scheduler that runs it; null: nobody does
   * @param beat grows with each write of the runner
   * @param stopping whether somebody asked to stop it
   */
  record Held(BulkAction action, @Nullable ClaimToken runner, long beat, boolean stopping) {}
}
