package io.mrq.test.memory.bulk;

import io.mrq.bulk.BulkAction;
import io.mrq.bulk.BulkAction.Status;
import io.mrq.bulk.BulkActionId;
import io.mrq.bulk.BulkActionStore;
import io.mrq.bulk.BulkProgress;
import io.mrq.job.ClaimToken;
import io.mrq.test.memory.job.Availability;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Bulk actions in memory. */
public final class InMemoryBulkActionStore implements BulkActionStore {
  private final Availability availability;
  private final ReentrantLock lock = new ReentrantLock();
  private final TreeMap<BulkActionId, Held> actions = new TreeMap<>();

  public InMemoryBulkActionStore(Availability availability) {
    this.availability = availability;
  }

  @Override
  public void create(BulkAction action) {
    locked(() -> actions.putIfAbsent(action.id(), new Held(action, null, 0, false)) == null);
  }

  @Override
  public Optional<BulkAction> find(BulkActionId id) {
    return locked(() -> Optional.ofNullable(actions.get(id)).map(Held::action));
  }

  @Override
  public List<BulkAction> list(int limit) {
    return locked(
        () -> actions.descendingMap().values().stream().limit(limit).map(Held::action).toList());
  }

  @Override
  public List<Held> open(int limit) {
    return locked(() ->
        actions.values().stream()
            .filter(held -> held.action().status().isOpen())
            .limit(limit)
            .toList());
  }

  @Override
  public Optional<Held> take(Held seen, ClaimToken runner, Instant now) {
    BulkAction action = seen.action();
    Instant started = action.started() == null ? now : action.started();
    return locked(() ->
        write(
            seen,
            changed(action, Status.RUNNING, started, null, action.progress(), action.error()),
            runner));
  }

  @Override
  public Optional<Held> advance(Held mine, BulkProgress progress) {
    BulkAction action = mine.action();
    return locked(() ->
        write(
            mine,
            changed(
                action,
                action.status(),
                action.started(),
                action.ended(),
                progress,
                action.error()),
            mine.runner()));
  }

  @Override
  public boolean finish(
      Held mine, BulkProgress progress, Status status, @Nullable String error, Instant now) {
    if (status.isOpen()) {
      throw new IllegalArgumentException("a bulk action cannot end as " + status);
    }
    BulkAction ended =
        changed(mine.action(), status, mine.action().started(), now, progress, error);
    return locked(() -> write(mine, ended, mine.runner())).isPresent();
  }

  /** Writes an action that nobody has changed since it was read; a request to stop stays. */
  private Optional<Held> write(Held seen, BulkAction action, @Nullable ClaimToken runner) {
    Held now = actions.get(action.id());
    if (now == null
        || now.beat() != seen.beat()
        || now.action().status() != seen.action().status()) {
      return Optional.empty();
    }
    Held next = new Held(action, runner, now.beat() + 1, now.stopping());
    actions.put(action.id(), next);
    return Optional.of(next);
  }

  @Override
  public Optional<BulkAction> stop(BulkActionId id, Instant now) {
    return locked(() -> {
      Held held = actions.get(id);
      if (held == null) {
        return Optional.empty();
      }
      BulkAction action = held.action();
      Held next =
          switch (action.status()) {
            case WAITING ->
                new Held(
                    changed(action, Status.STOPPED, null, now, action.progress(), null),
                    null,
                    held.beat(),
                    false);
            case RUNNING -> new Held(action, held.runner(), held.beat(), true);
            case DONE, STOPPED, FAILED -> held;
          };
      actions.put(id, next);
      return Optional.of(next.action());
    });
  }

  @Override
  public long deleteEnded(Instant before, int limit) {
    return locked(() -> {
      List<BulkActionId> old =
          actions.values().stream()
              .map(Held::action)
              .filter(action -> action.ended() != null && action.ended().isBefore(before))
              .limit(limit)
              .map(BulkAction::id)
              .toList();
      old.forEach(actions::remove);
      return (long) old.size();
    });
  }

  private static BulkAction changed(
      BulkAction action,
      Status status,
      @Nullable Instant started,
      @Nullable Instant ended,
      BulkProgress progress,
      @Nullable String error) {
    return new BulkAction(
        action.id(),
        action.kind(),
        action.filter(),
        action.queue(),
        status,
        action.who(),
        action.created(),
        started,
        ended,
        progress,
        error);
  }

  private <T> T locked(Supplier<T> work) {
    availability.check();
    lock.lock();
    try {
      return work.get();
    } finally {
      lock.unlock();
    }
  }
}
