package io.mrq.model.dispatch;

/** Something that people or other programs may do, out of a budget of its own. */
enum Event {
  CANCEL,
  REQUEUE,
  FORCED_REQUEUE,
  RETRY,
  CLAIM_BY_PYTHON_WORKER
}
