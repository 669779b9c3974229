package io.mrq.engine.claim;

import io.mrq.engine.home.RunHome;
import io.mrq.engine.run.RunningJobs;
import io.mrq.job.Claim;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One claim, from before it is sent until each job that it won has started or was given back. Until
 * then the audit takes the jobs of the claim for known.
 */
final class ClaimBatch {
  private final Claim claim;
  private final String queue;
  private final int rank;
  private final long begunAt;
  private final RunHome home;
  private final RunningJobs runs;

  /** The claim itself, and the jobs that wait for a slot. */
  private final AtomicInteger open = new AtomicInteger(1);

  /**
   * Begins a claim.
   *
   * @param rank of the queue among those of the worker, lowest first
   * @param begunAt when it begins, by {@link HeldJobs#now}
   */
  ClaimBatch(Claim claim, String queue, int rank, long begunAt, RunHome home, RunningJobs runs) {
    this.claim = claim;
    this.queue = queue;
    this.rank = rank;
    this.begunAt = begunAt;
    this.home = home;
    this.runs = runs;
    runs.claimBegins(claim);
  }

  Claim claim() {
    return claim;
  }

  String queue() {
    return queue;
  }

  int rank() {
    return rank;
  }

  long begunAt() {
    return begunAt;
  }

  RunHome home() {
    return home;
  }

  /** Counts one job that waits. */
  ClaimBatch oneMore() {
    open.incrementAndGet();
    return this;
  }

  /** Counts one job less; or ends the claim itself, after all its jobs were counted. */
  void oneLess() {
    if (open.decrementAndGet() == 0) {
      runs.claimEnds(claim);
    }
  }
}
