package io.mrq.engine.claim;

import io.mrq.job.JobId;
import java.util.List;

/** Claims jobs of one queue and starts those that it won. */
@FunctionalInterface
public interface Claiming {
  /**
   * Claims jobs.
   *
   * @param ids for each of them the caller has reserved a place
   */
  Claimed claim(String queue, List<JobId> ids) throws InterruptedException;
}
