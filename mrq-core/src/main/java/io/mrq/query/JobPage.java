package io.mrq.query;

import java.util.List;

/**
 * Some jobs, newest first.
 *
 * @param jobs in their order
 * @param more whether older ones follow, which did not fit the number or the size that was asked
 *     for
 * @param <T> how much of each job is known
 */
public record JobPage<T>(List<T> jobs, boolean more) {
  public JobPage {
    jobs = List.copyOf(jobs);
  }
}
