package io.mrq.engine.claim;

import io.mrq.job.Job;
import io.mrq.job.Run;
import io.mrq.job.WorkerId;

/** A claimed job whose body has not begun. */
record HeldJob(Job job, ClaimBatch batch) implements Comparable<HeldJob> {
  Run run() {
    return new Run(job.id(), batch.claim());
  }

  WorkerId worker() {
    return batch.claim().worker();
  }

  /**
   * Whether it may wait for a slot. If this worker is lost, a crash counts for each job that it
   * holds, so a job that had one already must not be here without need.
   */
  boolean mayBeHeld() {
    return job.crashes() == 0;
  }

  /** Jobs of a queue that comes first begin first, then those with the lowest order. */
  @Override
  public int compareTo(HeldJob other) {
    int byQueue = Integer.compare(batch.rank(), other.batch.rank());
    int byOrder = byQueue == 0 ? Long.compare(order(), other.order()) : byQueue;
    return byOrder == 0 ? job.id().compareTo(other.job.id()) : byOrder;
  }

  private long order() {
    Long order = job.order();
    return order == null ? Long.MAX_VALUE : order;
  }
}
