package io.mrq.bulk;

import io.mrq.job.ClaimToken;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Bulk actions, in {@code mrq_actions}. Whoever runs one holds it by a token, and each write of its
 * progress names the token and the beat that were read: so two can never both write, and the
 * progress of one that died is where the next goes on. Every method may throw {@link
 * StoreUnavailableException}; what became of the write is then seen by reading again.
 */
public interface BulkActionStore {
  /** Stores a new action. An id that is already there counts as stored by an earlier try. */
  void create(BulkAction action);

  /** The action, or nothing. */
  Optional<BulkAction> find(BulkActionId id);

  /** Actions, newest id first. */
  List<BulkAction> list(int limit);

  /** Actions that wait or run, oldest id first. */
  List<Held> open(int limit);

  /**
   * Takes an open action, which nobody holds or whose runner was seen to be dead.
   *
   * @param seen as it was read; if it has changed since, nothing is taken
   * @return as it is now; nothing when another was faster
   */
  Optional<Held> take(Held seen, ClaimToken runner, Instant now);

  /**
   * Stores how far its runner has come.
   *
   * @param mine as it was read or written last
   * @return as it is now; nothing when it was taken away, stopped for good or deleted
   */
  Optional<Held> advance(Held mine, BulkProgress progress);

  /**
   * Ends it.
   *
   * @param mine as it was read or written last
   * @param status not an open one
   * @return whether it still was the caller's
   */
  boolean finish(
      Held mine,
      BulkProgress progress,
      BulkAction.Status status,
      @Nullable String error,
      Instant now);

  /**
   * Stops an action: one that waits at once, one that runs after the batch that it is at. One that
   * has ended stays as it is.
   *
   * @return as it is now; nothing when there is none
   */
  Optional<BulkAction> stop(BulkActionId id, Instant now);

  /** Deletes actions that ended before then; answers how many. */
  long deleteEnded(Instant before, int limit);

  /**
   * An open action and who holds it.
   *
   * @param runner null: nobody
   * @param beat grows with each write of its runner
   * @param stopping whether somebody asked for its end
   */
  record Held(BulkAction action, @Nullable ClaimToken runner, long beat, boolean stopping) {}
}
