package io.mrq.engine.schedule;

import io.mrq.job.JobId;
import io.mrq.schedule.Overlap;
import io.mrq.schedule.Schedule;
import io.mrq.schedule.SlotOutcome;
import io.mrq.schedule.SlotRecord;
import io.mrq.schedule.SlotTimes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decides what becomes of the slots of a schedule that are due. It looks at one slot after the
 * other; a schedule that was left alone for long takes several decisions.
 */
final class SlotDecision {
  /** How many jobs one decision enqueues at most. */
  static final int MAX_JOBS = 100;

  /** How many slots one decision looks at. */
  static final int MAX_SLOTS = 10_000;

  private static final Duration MIN_LOOK = Duration.ofSeconds(1);
  private static final Duration MAX_LOOK = Duration.ofSeconds(10);

  private final Schedule seen;
  private final SlotTimes times;
  private final List<JobId> unfinished;
  private final Instant now;
  private final Deque<SlotRecord> records = new ArrayDeque<>();
  private int jobs;
  private boolean hasBacklog;
  private long missed;

  private SlotDecision(Schedule seen, SlotTimes times, List<JobId> unfinished, Instant now) {
    this.seen = seen;
    this.times = times;
    this.unfinished = unfinished;
    this.now = now;
  }

  /**
   * What was decided.
   *
   * @param schedule as it is to be stored
   * @param slots those with a job, which are to be enqueued
   * @param missed how many slots nobody makes up for
   */
  record Decided(Schedule schedule, List<SlotRecord> slots, long missed) {}

  /**
   * Decides for a schedule.
   *
   * @param unfinished those of its open jobs that have not ended
   */
  static Decided of(Schedule seen, SlotTimes times, List<JobId> unfinished, Instant now) {
    return new SlotDecision(seen, times, unfinished, now).decide();
  }

  private Decided decide() {
    Instant slot = seen.next();
    for (int i = 0; slot != null && isDue(slot) && i < MAX_SLOTS && jobs < MAX_JOBS; i++) {
      Instant following = seen.after(slot, times);
      if (isLeftOut(slot, following)) {
        leaveOut(slot);
      } else if (isBusy() && seen.definition().overlap() == Overlap.WAIT) {
        return decided(slot, now.plus(untilNextLook(slot)));
      } else if (isBusy() && seen.definition().overlap() == Overlap.SKIP) {
        note(SlotRecord.without(slot, SlotOutcome.OVERLAPPED, now));
      } else {
        note(SlotRecord.enqueued(seen.name(), slot, now));
        jobs++;
      }
      slot = following;
    }
    return decided(slot, null);
  }

  /** The longer a slot has waited, the later it may come. */
  private Duration untilNextLook(Instant slot) {
    Duration tenth = Duration.between(seen.due(slot), now).dividedBy(10);
    if (tenth.compareTo(MIN_LOOK) < 0) {
      return MIN_LOOK;
    }
    return tenth.compareTo(MAX_LOOK) > 0 ? MAX_LOOK : tenth;
  }

  private boolean isLeftOut(Instant slot, @Nullable Instant following) {
    if (seen.waiting() != null && slot.equals(seen.next())) {
      return false;
    }
    // Of a backlog, the last slot stands for all, also if that one is in time.
    hasBacklog |= isLate(slot);
    return switch (seen.definition().misfire()) {
      case SKIP -> isLate(slot);
      case ONCE -> hasBacklog && following != null && isDue(following);
      case ALL -> isLate(slot) && isBefore(slot, seen.definition().window());
    };
  }

  private boolean isDue(Instant slot) {
    return !seen.due(slot).isAfter(now);
  }

  private boolean isLate(Instant slot) {
    return isBefore(slot, Schedule.GRACE);
  }

  private boolean isBefore(Instant slot, Duration ago) {
    return seen.due(slot).isBefore(now.minus(ago));
  }

  private boolean isBusy() {
    return jobs > 0 || !unfinished.isEmpty();
  }

  private void leaveOut(Instant slot) {
    // Those behind a slot that waited were not missed by the schedulers.
    boolean waited = seen.waiting() != null;
    note(SlotRecord.without(slot, waited ? SlotOutcome.OVERLAPPED : SlotOutcome.MISSED, now));
    missed += waited ? 0 : 1;
  }

  private void note(SlotRecord record) {
    records.addLast(record);
    if (records.size() > Schedule.HISTORY && records.getFirst().job() == null) {
      records.removeFirst();
    }
  }

  private Decided decided(@Nullable Instant upcoming, @Nullable Instant look) {
    List<SlotRecord> slots = List.copyOf(records);
    return new Decided(
        seen.decided(slots, upcoming, look, unfinished, now),
        slots.stream().filter(slot -> slot.job() != null).toList(),
        missed);
  }
}
