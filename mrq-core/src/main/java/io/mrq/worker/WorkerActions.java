package io.mrq.worker;

import io.mrq.job.WorkerId;

/**
 * Drains workers, and takes a drain back. Methods throw {@link
 * io.mrq.store.StoreUnavailableException}.
 */
public final class WorkerActions {
  private final WorkerStore workers;

  public WorkerActions(WorkerStore workers) {
    this.workers = workers;
  }

  /**
   * Asks a worker to claim no more jobs; its running jobs go on. It learns this from its next beat,
   * within about a second, and claims nothing until {@link #undrain} or its end.
   *
   * @return false if there is no such worker, or it is not alive
   */
  public boolean drain(WorkerId worker) {
    return workers.drain(worker);
  }

  /**
   * Lets a worker claim jobs again.
   *
   * @return false if there is no such worker, or it is not alive
   */
  public boolean undrain(WorkerId worker) {
    return workers.undrain(worker);
  }
}
