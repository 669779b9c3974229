package io.mrq.schedule;

import java.util.Locale;

/** What became of a slot. */
public enum SlotOutcome {
  /** Its job was enqueued. */
  ENQUEUED,
  /** A job was enqueued because a person asked for it, outside the slots. */
  BY_HAND,
  /** Nobody enqueued it in time, and the schedule does not make up for it. */
  MISSED,
  /** It was dropped because an earlier job had not ended. */
  OVERLAPPED,
  /** A person asked to skip it. */
  SKIPPED;

  /** The name in documents and JSON, such as {@code by_hand}. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
