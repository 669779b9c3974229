package io.mrq.model.dispatch;

/** A rule of the protocol that a configuration can leave out, to see what breaks. */
enum Rule {
  /** A claim changes queued jobs only. */
  CLAIM_ASKS_FOR_QUEUED,
  /** A worker finds what it won by the token of this claim, and not by its own id alone. */
  FIND_BY_TOKEN,
  /** A worker whose last beat is old beats first and claims then. */
  FRESH_BEAT_BEFORE_CLAIM,
  /** The outcome is written only while the job is started. */
  FENCE_ASKS_FOR_STARTED,
  /** The outcome is written only while the job belongs to this worker id. */
  FENCE_ASKS_FOR_WORKER,
  /** The outcome is written only while the job belongs to this claim. */
  FENCE_ASKS_FOR_CLAIM,
  /** After an unclear reply to an outcome, the worker asks what is stored. */
  UNCLEAR_OUTCOME_IS_LOOKED_UP,
  /** Each worker puts back the jobs that are started in its name but that it does not run. */
  AUDIT,
  /** The reconciler offers queued jobs that Redis does not know. */
  RECONCILER,
  /** Workers write their beats to MongoDB, where the rescue is written, and not to Redis. */
  BEAT_IN_MONGODB,
  /**
   * The rescuer counts unchanged reads instead of looking at a clock, and declares a worker lost
   * only by a write that asks for the beat that it saw.
   */
  COUNTED_READS_AND_COMPARE_AND_SET,
  /** The rescue moves a job to queued in one write, not by way of {@code interrupt}. */
  RESCUE_IN_ONE_WRITE
}
