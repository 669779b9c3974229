package io.mrq.model.ahead;

/** A fault that the budget of faults may be spent on. */
enum Fault {
  WORKER_KILLED,
  WORKER_PAUSED,
  CLAIM_REPLY_LOST,
  OUTCOME_REPLY_LOST,
  RETURN_REPLY_LOST,
  TRIP_REPLY_LOST
}
