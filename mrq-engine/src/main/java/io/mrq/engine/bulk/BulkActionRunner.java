package io.mrq.engine.bulk;

import io.mrq.bulk.BulkAction;
import io.mrq.bulk.BulkAction.Status;
import io.mrq.bulk.BulkActionStore;
import io.mrq.bulk.BulkActionStore.Held;
import io.mrq.bulk.BulkFilter;
import io.mrq.bulk.BulkMoves;
import io.mrq.bulk.BulkProgress;
import io.mrq.engine.maintenance.MaintenanceDuty;
import io.mrq.engine.maintenance.MaintenanceEvent;
import io.mrq.engine.maintenance.MaintenanceEvents;
import io.mrq.job.ClaimToken;
import io.mrq.job.JobId;
import io.mrq.store.StoreUnavailableException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries out bulk actions, batch by batch; a pass does one batch of each action that this runner
 * holds. All state is in the store. A batch is stored before its first job is moved, so that a
 * runner that takes over after a crash sees the same jobs, moves those that are left and counts all
 * of them. Any number of schedulers may have a runner; each action is held by one of them.
 */
public final class BulkActionRunner implements MaintenanceDuty {
  /** How many jobs a batch has. */
  static final int BATCH = 500;

  private static final Logger log = LoggerFactory.getLogger(BulkActionRunner.class);
  private static final Duration PERIOD = Duration.ofSeconds(1);

  /** How long an action may wait until a runner sees it. */
  private static final Duration WHILE_NONE_IS_OPEN = Duration.ofSeconds(2);

  private static final int MAX_OPEN = 100;
  private static final int MAX_ERROR = 500;

  private final BulkActionStore actions;
  private final BulkMoves moves;
  private final BatchMover mover;
  private final MaintenanceEvents events;
  private final InstantSource clock;
  private final ClaimToken self = ClaimToken.next();
  private final DeadRunners dead;
  private int passes;

  /**
   * Creates the duty.
   *
   * @param nanos a clock that only goes forward; it spaces the looks at other runners
   */
  public BulkActionRunner(
      BulkActionStore actions,
      BulkMoves moves,
      BatchMover mover,
      MaintenanceEvents events,
      InstantSource clock,
      LongSupplier nanos) {
    this.actions = actions;
    this.moves = moves;
    this.mover = mover;
    this.events = events;
    this.clock = clock;
    this.dead = new DeadRunners(self, nanos);
  }

  @Override
  public String name() {
    return "bulk-actions";
  }

  @Override
  public Duration pass() {
    List<Held> open;
    try {
      open = new ArrayList<>(actions.open(MAX_OPEN));
    } catch (RuntimeException e) {
      dead.forget();
      throw e;
    }
    dead.look(open);
    // The order rotates, so that an action whose queries fail does not always delay the same other
    // actions.
    Collections.rotate(open, passes++);
    boolean more = false;
    for (Held held : open) {
      Optional<Held> mine = mine(held);
      if (mine.isPresent()) {
        more |= step(mine.get());
      }
    }
    if (open.isEmpty()) {
      return WHILE_NONE_IS_OPEN;
    }
    return more ? Duration.ZERO : PERIOD;
  }

  private Optional<Held> mine(Held held) {
    if (self.equals(held.runner())) {
      return Optional.of(held);
    }
    if (held.runner() != null && !dead.isDead(held)) {
      return Optional.empty();
    }
    Optional<Held> taken = actions.take(held, self, clock.instant());
    taken.ifPresent(mine ->
        log.info(
            "bulk action {} {}: {} of {} jobs",
            mine.action().id(),
            held.runner() == null
                ? "begins"
                : "is continued here, because the scheduler that ran it has died",
            mine.action().kind().text(),
            mine.action().progress().total()));
    return taken;
  }

  /** Does one batch; answers whether there may be more to do. */
  private boolean step(Held mine) {
    try {
      return mine.stopping() ? stop(mine) : batch(mine);
    } catch (StoreUnavailableException e) {
      throw e;
    } catch (RuntimeException e) {
      log.warn(
          "bulk action {} failed and is not continued; start it again when the cause is removed",
          mine.action().id(),
          e);
      finish(mine, mine.action().progress(), Status.FAILED, bounded(e.toString()));
      return false;
    }
  }

  private boolean batch(Held mine) {
    BulkAction action = mine.action();
    BulkProgress progress = action.progress();
    Optional<BulkFilter> scope = action.scope();
    if (scope.isEmpty()) {
      finish(mine, progress.complete(), Status.DONE, null);
      return false;
    }
    if (!progress.batch().isEmpty()) {
      int moved = mover.move(action, scope.get(), clock.instant());
      events.on(new MaintenanceEvent.BulkChanged(action.kind().text(), moved));
      progress = progress.past(moved);
    }
    List<JobId> next = moves.next(scope.get(), progress.cursor(), BATCH);
    if (next.isEmpty()) {
      finish(mine, progress.complete(), Status.DONE, null);
      return false;
    }
    return actions.advance(mine, progress.choosing(next)).isPresent();
  }

  /** Ends the action; what a runner that died has moved of its last batch is counted first. */
  private boolean stop(Held mine) {
    BulkProgress progress = mine.action().progress();
    int moved = moves.movedBy(mine.action().id(), progress.batch()).size();
    finish(mine, progress.stopped(moved), Status.STOPPED, null);
    return false;
  }

  private void finish(Held mine, BulkProgress progress, Status status, @Nullable String error) {
    if (actions.finish(mine, progress, status, error, clock.instant())) {
      log.info(
          "bulk action {} ended with the status {}: {} jobs were changed, {} were skipped",
          mine.action().id(),
          status.text(),
          progress.moved(),
          progress.skipped());
    }
  }

  private static String bounded(String text) {
    return text.length() <= MAX_ERROR ? text : text.substring(0, MAX_ERROR) + "…";
  }
}
