package io.mrq.model;

/** What must hold in every state, or for every step. */
public enum Invariant {
  ACCEPTED_JOB_CAN_END("every accepted job can still end while a worker and the scheduler run"),
  ATTEMPT_RUNS_ONCE("no attempt is run twice"),
  ATTEMPT_COMMITS_ONCE("no attempt commits twice"),
  STALE_ATTEMPT_COMMITS_NOTHING("no attempt commits over a newer one"),
  FINAL_STATUS_STAYS("no final status is overwritten"),
  CANCELLED_JOB_NEVER_STARTS("no cancelled job is started"),
  STORED_OUTCOME_IS_KNOWN("no stored outcome is taken for a lost lease"),
  LIVE_WORKER_KEEPS_ITS_JOBS("no job is taken from a worker that has not stood still for a lease"),
  LOST_WORKER_CLAIMS_NOTHING("no job is claimed under a worker id that was declared lost"),
  IDLE_WORKER_FINDS_JOB("no job waits for 10 s beside an idle worker of its queue"),
  PARAM_ENDS_ONCE("no raw param comes to two ends"),
  KEY_HAS_ONE_JOB("no unique key has two unfinished jobs"),
  BODIES_WITHIN_LIMIT("no lane runs more bodies than it allows"),
  PERMITS_WITHIN_LIMIT("no lane gives more permits than it allows"),
  BODY_HAS_A_PERMIT("no body starts without its permit"),
  RESCUED_JOB_IS_NOT_STARTED("no held job is started after it was rescued"),
  RETURNED_JOB_IS_NOT_STARTED("no held job is started after it was given back"),
  AUDIT_KNOWS_HELD_JOBS("no audit puts back a job that its worker holds"),
  LOST_OUTCOME_IS_KNOWN("no lost outcome is taken for a stored one");

  private final String sentence;

  Invariant(String sentence) {
    this.sentence = sentence;
  }

  /** The invariant in words. */
  public String sentence() {
    return sentence;
  }
}
