package io.mrq.client;

import io.mrq.job.JobId;
import io.mrq.store.StoreUnavailableException;
import java.util.List;

/**
 * Of a batch that is stored in pieces the first ones are stored and will run, and a later one could
 * not be. Enqueueing the whole batch again would run the stored ones twice.
 */
public class PartlyEnqueuedException extends StoreUnavailableException {
  private static final long serialVersionUID = 1L;

  private final transient List<JobId> stored;

  /**
   * Tells what is stored.
   *
   * @param stored the ids of the first jobs, in the order of their requests
   * @param all how many were to be enqueued
   * @param cause why the next piece was not stored
   */
  public PartlyEnqueuedException(List<JobId> stored, int all, RuntimeException cause) {
    super(
        "of %d jobs the first %d are stored; enqueue only the others again: %s"
            .formatted(all, stored.size(), cause.getMessage()),
        cause);
    this.stored = List.copyOf(stored);
  }

  /** The ids of the first jobs of the batch, which are stored. */
  public List<JobId> stored() {
    return stored;
  }
}
