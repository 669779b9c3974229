package io.mrq.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * When which callers are read for. The first read for a caller is due at once, the next one after
 * {@link #SHORTEST}, and each further one after half as much time again, up to {@link #LONGEST}.
 *
 * <p>Two rules keep the reads few, however many callers wait. A read begins {@link #SHORTEST} after
 * the last one has ended, or later. And it also serves the callers who have waited half their time
 * until the next one, so callers with the same period come together, whenever they began.
 *
 * <p>Times are those of {@link System#nanoTime}. Not safe for use by many threads.
 */
final class WaitPlan {
  static final Duration SHORTEST = Duration.ofMillis(50);
  static final Duration LONGEST = Duration.ofSeconds(1);

  private final Map<JobWait, Turn> turns = new LinkedHashMap<>();
  private long earliest;
  private long planned;

  /** Nothing was read yet: the first read may begin now. */
  WaitPlan(long now) {
    earliest = now;
    planned = now;
  }

  /** Adds a caller; returns whether the next read is due sooner than {@link #untilNext} said. */
  boolean add(JobWait wait, long now) {
    turns.put(wait, new Turn(0, now));
    long next = now + Math.max(0, earliest - now);
    boolean sooner = next - planned < 0;
    if (sooner) {
      planned = next;
    }
    return sooner;
  }

  /** Returns how long until the next read, zero if it is due; nothing when nobody waits. */
  OptionalLong untilNext(long now) {
    turns.keySet().removeIf(wait -> wait.ended().isDone());
    if (turns.isEmpty()) {
      return OptionalLong.empty();
    }
    long left = turns.values().stream().mapToLong(turn -> turn.due - now).min().getAsLong();
    left = Math.max(0, Math.max(left, earliest - now));
    planned = now + left;
    return OptionalLong.of(left);
  }

  /** Returns the callers that a read serves now, in the order in which they came. */
  List<JobWait> due(long now) {
    List<JobWait> due = new ArrayList<>();
    turns.forEach((wait, turn) -> {
      if (turn.due - now <= turn.period / 2) {
        due.add(wait);
      }
    });
    return due;
  }

  /** The read for these callers has ended. */
  void read(Collection<JobWait> served, long now) {
    earliest = now + SHORTEST.toNanos();
    for (JobWait wait : served) {
      turns.computeIfPresent(wait, (_, turn) -> turn.next(now));
    }
  }

  /** Takes all callers out. */
  List<JobWait> clear() {
    List<JobWait> all = List.copyOf(turns.keySet());
    turns.clear();
    return all;
  }

  /**
   * When the next read for a caller is due.
   *
   * @param period how long after the last one; zero: there was none
   * @param due the time
   */
  private record Turn(long period, long due) {
    Turn next(long now) {
      long longer = Math.max(SHORTEST.toNanos(), Math.min(LONGEST.toNanos(), period * 3 / 2));
      return new Turn(longer, now + longer);
    }
  }
}
