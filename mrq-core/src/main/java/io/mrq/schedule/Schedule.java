package io.mrq.schedule;

import io.mrq.job.JobId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A schedule as it is stored. It never changes; each method returns what it would be.
 *
 * <p>What becomes of a slot is decided before it is carried out: the decision is stored together
 * with the next slot, and {@link #enqueuing()} holds it until the jobs are stored. Whatever dies in
 * between, another scheduler carries out the same decision.
 *
 * @param definition what its owner has defined
 * @param owner who has defined it, and alone may change it, such as {@code api}
 * @param anchor from when on it has slots, and from which an interval is counted
 * @param next the next slot; null when there is none any more
 * @param waiting when a scheduler looks again whether earlier jobs have ended, for which the next
 *     slot waits; null when it waits for none
 * @param pause null: it is not paused
 * @param enqueuing slots whose jobs are to be enqueued, and perhaps are already
 * @param decided when that was decided; null when {@code enqueuing} is empty
 * @param open jobs of the schedule that may not have ended
 * @param history its last slots and what became of them, the newest last
 * @param version changes with each write
 */
public record Schedule(
    ScheduleDefinition definition,
    String owner,
    Instant anchor,
    @Nullable Instant next,
    @Nullable Instant waiting,
    @Nullable SchedulePause pause,
    List<SlotRecord> enqueuing,
    @Nullable Instant decided,
    List<JobId> open,
    List<SlotRecord> history,
    long version) {
  /** How many slots the history holds. */
  public static final int HISTORY = 30;

  /** How late a slot may be without being missed. */
  public static final Duration GRACE = Duration.ofMinutes(1);

  /** How long the one that has decided may take to enqueue the jobs. */
  public static final Duration TAKEN_OVER_AFTER = Duration.ofSeconds(3);

  private static final Duration RECENT = Duration.ofHours(1);

  public Schedule {
    enqueuing = List.copyOf(enqueuing);
    open = List.copyOf(open);
    history = List.copyOf(history.subList(Math.max(0, history.size() - HISTORY), history.size()));
  }

  /** Returns a schedule that was never stored, with its first slot. */
  static Schedule of(ScheduleDefinition definition, String owner, SlotTimes times, Instant now) {
    return new Schedule(
        definition,
        owner,
        now,
        firstSlot(definition, times, now),
        null,
        null,
        List.of(),
        null,
        List.of(),
        List.of(),
        0);
  }

  /** An interval begins at once; every other slot is later than now. */
  private static @Nullable Instant firstSlot(
      ScheduleDefinition definition, SlotTimes times, Instant now) {
    boolean atOnce = definition.recurrence() instanceof Recurrence.Every;
    return times.next(definition, now, atOnce ? now.minusMillis(1) : now);
  }

  /** Returns the name of the schedule, which is its identity. */
  public String name() {
    return definition.name();
  }

  /**
   * Returns when a scheduler has something to do for it; null when it never has, unless somebody
   * changes it.
   */
  public @Nullable Instant wake() {
    if (decided != null) {
      // The one that has decided carries it out at once; others only when it seems to be dead.
      return decided.plus(TAKEN_OVER_AFTER);
    }
    if (pause != null || next == null) {
      return null;
    }
    return waiting == null ? due(next) : waiting;
  }

  /** Returns when the job of a slot is due, with its share of the jitter. */
  public Instant due(Instant slot) {
    return slot.plus(SlotRecord.delayOf(definition, slot));
  }

  /** Returns the slot after this one; null when there is none. */
  public @Nullable Instant after(Instant slot, SlotTimes times) {
    return times.next(definition, anchor, slot);
  }

  /**
   * Returns the newest slot that was missed, as long as people should hear of it: for an hour, and
   * longer while no later slot has been enqueued.
   */
  public Optional<SlotRecord> missed(Instant now) {
    for (SlotRecord slot : history.reversed()) {
      if (slot.outcome() == SlotOutcome.MISSED) {
        return Optional.of(slot);
      }
      if (slot.outcome() == SlotOutcome.ENQUEUED && slot.at().isBefore(now.minus(RECENT))) {
        return Optional.empty();
      }
    }
    return Optional.empty();
  }

  /**
   * Whether its next slot, or a job that was to be enqueued, has waited too long for a scheduler.
   */
  public boolean isOverdue(Instant now) {
    Instant wake = wake();
    return wake != null && wake.isBefore(now.minus(GRACE));
  }

  /** Returns the schedule with another definition of its owner; other slots begin from now on. */
  Schedule defined(ScheduleDefinition other, SlotTimes times, Instant now) {
    boolean sameTimes = definition.hasTimesOf(other);
    return new Schedule(
        other,
        owner,
        sameTimes ? anchor : now,
        sameTimes ? next : firstSlot(other, times, now),
        sameTimes ? waiting : null,
        pause,
        enqueuing,
        decided,
        open,
        history,
        version);
  }

  /** Returns the schedule paused. */
  Schedule paused(SchedulePause by) {
    return withNext(next, null, by, history);
  }

  /** Returns the schedule not paused; what it would have done meanwhile is left out. */
  Schedule resumed(SlotTimes times, Instant now) {
    Instant from = next != null && next.isAfter(now) ? next : times.next(definition, anchor, now);
    return withNext(from, null, null, history);
  }

  /** Returns the schedule without its next slot. */
  Schedule withoutNext(Instant slot, String who, SlotTimes times, Instant now) {
    SlotRecord skipped = new SlotRecord(slot, SlotOutcome.SKIPPED, null, now, who);
    return withNext(after(slot, times), null, pause, with(history, List.of(skipped)));
  }

  private Schedule withNext(
      @Nullable Instant slot,
      @Nullable Instant waits,
      @Nullable SchedulePause by,
      List<SlotRecord> records) {
    return new Schedule(
        definition, owner, anchor, slot, waits, by, enqueuing, decided, open, records, version);
  }

  /** Returns the schedule with a job that is to be enqueued outside its slots. */
  Schedule withRun(JobId job, String who, Instant now) {
    SlotRecord run = new SlotRecord(now, SlotOutcome.BY_HAND, job, now, who);
    List<JobId> jobs = new ArrayList<>(open);
    jobs.add(job);
    return new Schedule(
        definition,
        owner,
        anchor,
        next,
        waiting,
        pause,
        with(enqueuing, List.of(run)),
        now,
        jobs,
        with(history, List.of(run)),
        version);
  }

  /**
   * Returns the schedule after a decision.
   *
   * @param slots what becomes of which slots, in their order
   * @param upcoming the slot that follows them; null when there is none
   * @param look when to look again whether earlier jobs have ended; null when it waits for none
   * @param unfinished those of {@link #open()} that have not ended
   */
  public Schedule decided(
      List<SlotRecord> slots,
      @Nullable Instant upcoming,
      @Nullable Instant look,
      List<JobId> unfinished,
      Instant now) {
    List<SlotRecord> jobs = slots.stream().filter(slot -> slot.job() != null).toList();
    List<JobId> nowOpen = new ArrayList<>(unfinished);
    jobs.forEach(slot -> Optional.ofNullable(slot.job()).ifPresent(nowOpen::add));
    // Without a policy that asks for them, only the newest is kept, for one that may come.
    List<JobId> kept =
        definition.overlap() == Overlap.ALLOW && !nowOpen.isEmpty()
            ? List.of(nowOpen.getLast())
            : nowOpen;
    return new Schedule(
        definition,
        owner,
        anchor,
        upcoming,
        look,
        pause,
        with(enqueuing, jobs),
        jobs.isEmpty() ? decided : now,
        kept,
        with(history, slots),
        version);
  }

  /** Returns the schedule when the jobs that were to be enqueued are stored. */
  public Schedule carriedOut() {
    return new Schedule(
        definition, owner, anchor, next, waiting, pause, List.of(), null, open, history, version);
  }

  /** Returns the schedule when the jobs that were to be enqueued can never be stored. */
  public Schedule notCarriedOut() {
    List<SlotRecord> corrected =
        history.stream()
            .map(slot ->
                enqueuing.contains(slot)
                    ? new SlotRecord(slot.slot(), SlotOutcome.MISSED, null, slot.at(), slot.who())
                    : slot)
            .toList();
    return new Schedule(
        definition, owner, anchor, next, waiting, pause, List.of(), null, open, corrected, version);
  }

  /** Returns the schedule with the version that a store gives it when it replaces this one. */
  public Schedule stored() {
    return new Schedule(
        definition,
        owner,
        anchor,
        next,
        waiting,
        pause,
        enqueuing,
        decided,
        open,
        history,
        version + 1);
  }

  private static List<SlotRecord> with(List<SlotRecord> records, List<SlotRecord> more) {
    List<SlotRecord> all = new ArrayList<>(records);
    all.addAll(more);
    return all;
  }
}
