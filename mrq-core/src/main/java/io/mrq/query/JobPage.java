package io.mrq.query;

import java.util.List;

/**
 * One page of a list of jobs.
 *
 * @param jobs newest id first
 * @param more whether older jobs follow, which did not fit the limit of the page
 * @param <T> what is known of each job
 */
public record JobPage<T>(List<T> jobs, boolean more) {
  public JobPage {
    jobs = List.copyOf(jobs);
  }
}
