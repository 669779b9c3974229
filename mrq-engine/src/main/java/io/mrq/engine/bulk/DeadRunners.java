package io.mrq.engine.bulk;

import io.mrq.bulk.BulkActionId;
import io.mrq.bulk.BulkActionStore.Held;
import io.mrq.job.ClaimToken;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Finds runners of bulk actions that have died: those whose action was read {@value #MAX_LOOKS}
 * times in a row, a second apart, with the same beat. It counts reads and not time, so that a
 * process that was paused does not declare the others dead. A mistake is harmless: every write of
 * the old runner then misses.
 */
final class DeadRunners {
  private static final int MAX_LOOKS = 10;
  private static final long LOOK_PERIOD_NANOS = Duration.ofSeconds(1).toNanos();

  private final ClaimToken self;
  private final LongSupplier nanos;
  private Map<BulkActionId, Seen> seen = new HashMap<>();
  private @Nullable Long last;

  DeadRunners(ClaimToken self, LongSupplier nanos) {
    this.self = self;
    this.nanos = nanos;
  }

  /** Counts one read of all open actions. */
  void look(List<Held> open) {
    long now = nanos.getAsLong();
    if (last != null && now - last < LOOK_PERIOD_NANOS) {
      return;
    }
    last = now;
    Map<BulkActionId, Seen> looks = new HashMap<>();
    for (Held held : open) {
      if (held.runner() != null && !self.equals(held.runner())) {
        BulkActionId id = held.action().id();
        Seen before = seen.get(id);
        boolean same = before != null && before.beat() == held.beat();
        looks.put(id, new Seen(held.beat(), before != null && same ? before.looks() + 1 : 1));
      }
    }
    seen = looks;
  }

  /** Forgets everything, after a read that failed. */
  void forget() {
    seen = new HashMap<>();
  }

  /** Whether the runner of this action, as it was read just now, is dead. */
  boolean isDead(Held held) {
    Seen known = seen.get(held.action().id());
    return known != null && known.beat() == held.beat() && known.looks() >= MAX_LOOKS;
  }

  /** A beat and how often it was read. */
  private record Seen(long beat, int looks) {}
}
