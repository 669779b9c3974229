package io.mrq.model.lane;

/** A rule of lanes that a configuration can leave out. */
enum Rule {
  /** The permits of a lost worker are taken only after a grace of further looks. */
  GRACE_FOR_PERMITS,
  /** The permits of a former id of a living worker are that worker's own. */
  FORMER_IDS_KEEP_PERMITS,
  /** The permits of lost workers are taken at all. */
  RESCUE_OF_PERMITS,
  /** Each worker gives back the permits that it does not know. */
  AUDIT_OF_PERMITS,
  /** The audit knows the token of a claim from the acquire on. */
  CLAIMS_ON_THEIR_WAY_ARE_KNOWN,
  /** A permit is given back when the body has ended, and not with the outcome. */
  RELEASE_AFTER_BODY,
  /** A permit is given back by its token, and not by its job. */
  RELEASE_BY_TOKEN,
  /** The acquire asks for the limit that the worker knows. */
  ACQUIRE_ASKS_FOR_MAX,
  /** A body starts only after a fresh beat. */
  START_NEEDS_FRESH_BEAT,
  /** Who has closed a lane looks once more whether there is room. */
  SECOND_LOOK,
  /** The reconciler opens closed lanes that have room. */
  RECONCILER_OPENS_LANES
}
