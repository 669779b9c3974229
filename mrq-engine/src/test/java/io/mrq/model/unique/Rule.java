package io.mrq.model.unique;

/** A rule of unique keys that a configuration can leave out. */
enum Rule {
  /** A caller that finds no job under a key inserts its own job under the id in the key. */
  INSERT_UNDER_STORED_ID,
  /** It counts the key up before it inserts. */
  TOUCH_BEFORE_INSERT,
  /** A final job is marked as superseded before its key is taken over. */
  MARK_BEFORE_TAKEOVER,
  /** The takeover of a key asks for the count that was read. */
  TAKEOVER_ASKS_FOR_COUNT,
  /** A superseded job cannot be requeued, whoever holds the key now. */
  SUPERSEDED_IS_NOT_REQUEUED,
  /** The cleaner deletes only keys whose job is absent. */
  KEYS_OF_FINAL_JOBS_STAY
}
