package io.mrq.schedule;

import io.mrq.hash.Sha256;
import io.mrq.job.JobId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A slot of a schedule and what became of it.
 *
 * @param slot the moment that the schedule names; for a run by hand, when it was asked for
 * @param outcome what became of it
 * @param job the job of the slot; null when it has none
 * @param at when this was decided
 * @param who the person who asked for it; null: nobody did
 */
public record SlotRecord(
    Instant slot, SlotOutcome outcome, @Nullable JobId job, Instant at, @Nullable String who) {

  /** Returns the record of a slot whose job is enqueued. */
  public static SlotRecord enqueued(String schedule, Instant slot, Instant at) {
    return new SlotRecord(slot, SlotOutcome.ENQUEUED, jobOf(schedule, slot), at, null);
  }

  /** Returns the record of a slot that has no job, by nobody's wish. */
  public static SlotRecord without(Instant slot, SlotOutcome outcome, Instant at) {
    return new SlotRecord(slot, outcome, null, at, null);
  }

  /**
   * Returns the id of the job of a slot: the second of the slot, and a hash of the name of the
   * schedule and the slot. Whoever enqueues it, and however often, it is one job.
   */
  public static JobId jobOf(String schedule, Instant slot) {
    ByteBuffer hash = ByteBuffer.wrap(hash(schedule, slot));
    long seconds = slot.getEpochSecond() << 32;
    return new JobId(seconds | Integer.toUnsignedLong(hash.getInt()), hash.getInt());
  }

  /** Returns by how much the job of a slot comes later than the slot, which is the same for all. */
  static Duration delayOf(ScheduleDefinition schedule, Instant slot) {
    long most = schedule.jitter().toMillis();
    if (most <= 0) {
      return Duration.ZERO;
    }
    long number = ByteBuffer.wrap(hash(schedule.name(), slot)).getLong(8);
    return Duration.ofMillis(Long.remainderUnsigned(number, most + 1));
  }

  private static byte[] hash(String schedule, Instant slot) {
    return Sha256.of((schedule + "\0" + slot.toEpochMilli()).getBytes(StandardCharsets.UTF_8));
  }
}
