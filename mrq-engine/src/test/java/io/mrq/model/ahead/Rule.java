package io.mrq.model.ahead;

/** A rule of holding ahead that a configuration can leave out. */
enum Rule {
  /** A worker gives back what it has held for too long. */
  HELD_JOBS_ARE_GIVEN_BACK,
  /** A job whose giving back is unclear is never started; the worker asks. */
  UNCLEAR_RETURN_IS_ASKED_FOR,
  /** A held job starts only after a fresh beat. */
  START_NEEDS_FRESH_BEAT,
  /** The audit knows what the worker holds. */
  AUDIT_KNOWS_HELD_JOBS,
  /** The answer to finish and claim in one trip is all that was sent, or both are asked for. */
  TRIP_COUNTS_ARE_NOT_SUBTRACTED
}
