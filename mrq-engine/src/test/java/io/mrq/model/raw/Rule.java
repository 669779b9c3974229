package io.mrq.model.raw;

/** A rule of raw queues that a configuration can leave out. */
enum Rule {
  /** A param that is taken goes into the worker's in-flight hash, in the same script. */
  IN_FLIGHT_HASH,
  /** The rescuer stores a tombstone under the id of a param before it returns the param. */
  TOMBSTONE,
  /** The insert of the document decides who runs, and not the answer to the acknowledgement. */
  INSERT_DECIDES,
  /** An outcome that is stored is stored before the param is acknowledged. */
  STORE_BEFORE_ACKNOWLEDGE,
  /** Each worker compares its in-flight hash and its documents with what it runs. */
  AUDIT
}
