package io.mrq.model.ahead;

/** Something that people or bodies may do, out of a budget of its own. */
enum Event {
  BODY_HANGS,
  CANCEL,
  FORCED_REQUEUE
}
