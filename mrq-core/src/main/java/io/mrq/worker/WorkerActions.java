package io.mrq.worker;

import io.mrq.job.WorkerId;

/**
 * Asks workers to drain, and to go on. Methods throw {@link
 * io.mrq.store.StoreUnavailableException}.
 */
public final class WorkerActions {
  private final WorkerStore workers;

  public WorkerActions(WorkerStore workers) {
    this.workers = workers;
  }

  /**
   * Asks a worker to claim nothing more; the jobs that it runs go on. It learns of it with its next
   * beat, within about a second, and stays so until {@link #undrain} or its end.
   *
   * @return whether there is such a worker and it lives
   */
  public boolean drain(WorkerId worker) {
    return workers.drain(worker);
  }

  /**
   * Lets a worker claim again.
   *
   * @return whether there is such a worker and it lives
   */
  public boolean undrain(WorkerId worker) {
    return workers.undrain(worker);
  }
}
