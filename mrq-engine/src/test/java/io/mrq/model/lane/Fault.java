package io.mrq.model.lane;

/** A fault that the budget of faults may be spent on. */
enum Fault {
  WORKER_KILLED,
  WORKER_PAUSED,
  REDIS_FLUSHED,
  OFFER_LOST,
  OPENING_LOST,
  /** The worker asks again. */
  ACQUIRE_REPLY_LOST,
  /** The worker does not ask again. */
  ACQUIRE_GIVEN_UP,
  CLAIM_REPLY_LOST,
  OUTCOME_REPLY_LOST,
  RELEASE_REPLY_LOST,
  ACQUIRE_LATE,
  CLAIM_LATE
}
