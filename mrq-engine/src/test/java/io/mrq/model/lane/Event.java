package io.mrq.model.lane;

/** Something that people or bodies may do, out of a budget of its own. */
enum Event {
  BODY_IGNORES_INTERRUPT,
  RETRY,
  CANCEL,
  FORCED_REQUEUE,
  LOWER_LIMIT,
  RAISE_LIMIT
}
