package io.mrq.client;

import io.mrq.job.Job;
import io.mrq.job.JobId;
import io.mrq.query.JobFilter;
import io.mrq.query.JobQueries;
import io.mrq.query.QueryTooSlowException;
import io.mrq.recovery.RecoveryStore;
import io.mrq.stats.QueueCount;
import io.mrq.store.StoreUnavailableException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Looks at jobs and queues, for applications: one job, a list of jobs, how many there are. It only
 * reads. Safe for use by many threads.
 *
 * <p>Every method throws {@link StoreUnavailableException} when MongoDB does not answer. Those that
 * look at many jobs also throw {@link QueryTooSlowException} when the query takes longer than a few
 * seconds; a narrower filter helps.
 */
public final class JobInspector {
  private final JobQueries queries;
  private final RecoveryStore recovery;

  public JobInspector(JobQueries queries, RecoveryStore recovery) {
    this.queries = queries;
    this.recovery = recovery;
  }

  /** The job with this id, or nothing: it never existed, or its retention is over. */
  public Optional<Job> find(JobId id) {
    return queries.find(id);
  }

  /**
   * Lists jobs, newest first. To read on, pass the id of the last job as {@code after}.
   *
   * @param filter which jobs; {@link JobFilter#ALL} for all
   * @param after only jobs that are older than this one; null: from the newest
   * @param limit how many jobs at the most
   */
  public List<Job> list(JobFilter filter, @Nullable JobId after, int limit) {
    return queries.list(filter, after, limit);
  }

  /**
   * Counts jobs.
   *
   * @param filter which jobs; {@link JobFilter#ALL} for all
   * @param max where counting stops, so that the cost has a limit; a result of {@code max} means at
   *     least so many
   */
  public long count(JobFilter filter, int max) {
    return queries.count(filter, max);
  }

  /** Every queue that holds unfinished jobs, with the number of jobs in each status. */
  public List<QueueCount> queues() {
    return recovery.count();
  }
}
