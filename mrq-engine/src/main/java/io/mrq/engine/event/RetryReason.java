package io.mrq.engine.event;

/** Why a job runs again. */
public enum RetryReason {
  /** The task asked for it. */
  ASKED,
  /** The task threw an exception on which it is retried. */
  EXCEPTION,
  /** It may crash its worker, and another such job is running here. */
  SUSPECT
}
