package io.mrq.model.dispatch;

/** A fault that the budget of faults may be spent on. */
enum Fault {
  WORKER_KILLED,
  WORKER_PAUSED,
  WORKER_CUT_FROM_REDIS,
  OFFER_LOST,
  CLAIM_REPLY_LOST,
  OUTCOME_REPLY_LOST,
  RESCUER_PAUSED,
  REDIS_FLUSHED
}
