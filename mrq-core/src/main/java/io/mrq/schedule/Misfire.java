package io.mrq.schedule;

/** What becomes of slots that nobody enqueued in time, for example because no scheduler ran. */
public enum Misfire {
  /** None of them is made up for. */
  SKIP,
  /** The latest of them is enqueued once, however many there are. */
  ONCE,
  /** Each of them is enqueued that is not older than the schedule's window. */
  ALL
}
