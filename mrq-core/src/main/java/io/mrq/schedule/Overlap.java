package io.mrq.schedule;

/** What becomes of a slot while an earlier job of the schedule has not ended. */
public enum Overlap {
  /** It is enqueued nevertheless. */
  ALLOW,
  /** It is dropped. */
  SKIP,
  /** It is enqueued when the earlier job has ended. */
  WAIT
}
