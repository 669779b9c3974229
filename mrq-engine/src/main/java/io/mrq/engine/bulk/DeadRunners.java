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
 * Which runners of bulk actions have died: those whose action was read {@value #LOOKS} times in a
 * row, a second apart, with the same beat. Looks are counted and not time, so that a process that
 * was paused does not take its own sleep for another's; and a mistake is harmless, since every
 * write of the old runner then misses.
 */
final class DeadRunners {
  private static final int LOOKS = 10;
  private static final long APART = Duration.ofSeconds(1).toNanos();

  private final ClaimToken self;
  private final LongSupplier nanos;
  private Map<BulkActionId, Seen> seen = new HashMap<>();
  private @Nullable Long last;

  DeadRunners(ClaimToken self, LongSupplier nanos) {
    this.self = self;
    this.nanos = nanos;
  }

  /** Notes what was read just now. */
  void look(List<Held> open) {
    long now = nanos.getAsLong();
    if (last != null && now - last < APART) {
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

  /** After a read that failed nothing is known. */
  void forget() {
    seen = new HashMap<>();
  }

  /** Whether the runner of this action, as it was read just now, is dead. */
  boolean isDead(Held held) {
    Seen known = seen.get(held.action().id());
    return known != null && known.beat() == held.beat() && known.looks() >= LOOKS;
  }

  /** A beat and how often it was read. */
  private record Seen(long beat, int looks) {}
}
