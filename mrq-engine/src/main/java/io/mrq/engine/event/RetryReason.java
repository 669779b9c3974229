package io.mrq.engine.event;

/** Why a job is to run again. */
public enum RetryReason {
  /** The task asked for it. */
  ASKED,
  /** The task threw something, and asks for a retry on that or turned it into one. */
  EXCEPTION,
  /** It is suspected to crash workers, and another suspect runs here. */
  SUSPECT
}
