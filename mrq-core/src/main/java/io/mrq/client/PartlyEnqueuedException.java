package io.mrq.client;

import io.mrq.job.JobId;
import io.mrq.store.StoreUnavailableException;
import java.util.List;

/**
 * The first jobs of a large enqueue are stored and will run; the others could not be stored.
 * Enqueueing all of them again would run the stored ones twice: enqueue only those after {@link
 * #stored()}.
 */
public class PartlyEnqueuedException extends StoreUnavailableException {
  private static final long serialVersionUID = 1L;

  private final transient List<JobId> stored;

  /**
   * Says which jobs are stored.
   *
   * @param stored the ids of the first jobs, in the order of their requests
   * @param all how many jobs were to be enqueued
   * @param cause why the next batch was not stored
   */
  public PartlyEnqueuedException(List<JobId> stored, int all, RuntimeException cause) {
    super(
        "of %d jobs the first %d are stored; enqueue only the others again: %s"
            .formatted(all, stored.size(), cause.getMessage()),
        cause);
    this.stored = List.copyOf(stored);
  }

  /** Returns the ids of the jobs that are stored, in the order of their requests. */
  public List<JobId> stored() {
    return stored;
  }
}
