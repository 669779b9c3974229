package io.mrq.engine.claim;

import java.util.concurrent.Executor;

/** Runs what loads and starts the jobs of claims, each once, in the order of the claims. */
@FunctionalInterface
interface LoadExecutor extends Executor {
  /** Whether the jobs of all claims so far are loaded, so that the next claim overtakes none. */
  default boolean isIdle() {
    return true;
  }
}
