package io.mrq.model.raw;

/** A fault that the budget of faults may be spent on. */
enum Fault {
  WORKER_KILLED,
  WORKER_PAUSED,
  TAKE_REPLY_LOST,
  ACKNOWLEDGE_REPLY_LOST,
  INSERT_REPLY_LOST,
  REDIS_FORGETS_LAST_WRITE
}
