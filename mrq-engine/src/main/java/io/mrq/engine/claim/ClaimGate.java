package io.mrq.engine.claim;

import io.mrq.engine.heartbeat.WorkerHeartbeat;

/** Whether the worker may claim jobs: it neither stops nor drains, and its lease is proven. */
final class ClaimGate {
  private final WorkerHeartbeat heartbeat;
  private volatile boolean closed;

  ClaimGate(WorkerHeartbeat heartbeat) {
    this.heartbeat = heartbeat;
  }

  /** From now on nothing is claimed. */
  void close() {
    closed = true;
  }

  /** Whether the worker stops or drains. */
  boolean isLeaving() {
    return closed || heartbeat.isDraining();
  }

  /** Whether the lease is proven; an old one is proven first. */
  boolean proveLease() {
    return heartbeat.ensureFresh();
  }

  /** Asked before each claim: the one before may have taken long, and the lease been lost. */
  boolean mayClaim() {
    return !isLeaving() && proveLease();
  }
}
