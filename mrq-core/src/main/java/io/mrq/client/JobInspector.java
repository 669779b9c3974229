package io.mrq.client;

import io.mrq.failure.FailureGroup;
import io.mrq.job.Job;
import io.mrq.job.JobId;
import io.mrq.job.JobStatus;
import io.mrq.job.WorkerId;
import io.mrq.query.JobFilter;
import io.mrq.query.JobPage;
import io.mrq.query.JobQueries;
import io.mrq.query.JobSummary;
import io.mrq.recovery.RecoveryStore;
import io.mrq.stats.QueueCount;
import io.mrq.worker.WorkerStore;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Looks at jobs, queues and workers. Methods throw {@link io.mrq.store.StoreUnavailableException},
 * and those that look at many jobs {@link io.mrq.query.QueryTooSlowException}.
 */
public final class JobInspector {
  private static final int MAX_WORKERS = 1000;

  private final JobQueries queries;
  private final RecoveryStore counts;
  private final WorkerStore workers;

  public JobInspector(JobQueries queries, RecoveryStore counts, WorkerStore workers) {
    this.queries = queries;
    this.counts = counts;
    this.workers = workers;
  }

  /** The job, or nothing. */
  public Optional<Job> find(JobId id) {
    return queries.find(id);
  }

  /** Jobs that pass the filter, newest first, older than {@code after}. */
  public List<Job> list(JobFilter filter, @Nullable JobId after, int limit) {
    return queries.list(filter, after, limit);
  }

  /**
   * As {@link #list}, with an end to its size.
   *
   * @param maxBytes the page ends before the job with which it would be larger, about; a single job
   *     always fits
   */
  public JobPage<Job> page(JobFilter filter, @Nullable JobId after, int limit, long maxBytes) {
    return queries.page(filter, after, limit, maxBytes);
  }

  /** As {@link #list}, without results and tracebacks, and with long values cut. */
  public JobPage<JobSummary> summaries(JobFilter filter, @Nullable JobId after, int limit) {
    return queries.summaries(filter, after, limit);
  }

  /**
   * Whether a job runs in a worker that nobody can interrupt and whose end of it will overwrite
   * whatever is done to it meanwhile: a worker without a beat, such as Python's.
   */
  public boolean runsOutOfReach(Job job) {
    WorkerId worker = job.worker();
    return job.status() == JobStatus.STARTED
        && worker != null
        && workers.presence(List.of(worker)).get(worker) == WorkerStore.Presence.FOREIGN;
  }

  /** How many jobs pass the filter, counted up to {@code most}. */
  public long count(JobFilter filter, int most) {
    return queries.count(filter, most);
  }

  /** Failed jobs in groups, the largest first (UI-08). */
  public List<FailureGroup> failures(JobFilter filter, Instant now, int limit) {
    return queries.failures(filter, now, limit);
  }

  /** The tracebacks of these jobs; a job without one is left out. */
  public Map<JobId, String> tracebacks(Collection<JobId> ids) {
    return queries.tracebacks(ids);
  }

  /**
   * When each of these jobs first failed with the exception type that it has now, as far back as
   * its history goes. A job without such an attempt is left out.
   */
  public Map<JobId, Instant> firstFailures(Collection<JobId> ids) {
    return queries.firstFailures(ids);
  }

  /** Names of queues that begin so. */
  public List<String> queueNames(String prefix, int limit) {
    return queries.queues(prefix, limit);
  }

  /** Names of tasks that begin so. */
  public List<String> paths(String prefix, int limit) {
    return queries.paths(prefix, limit);
  }

  /** Every queue that holds unfinished jobs, with how many in each status (QUE-22). */
  public List<QueueCount> queues() {
    return counts.count();
  }

  /** The documents of the workers, newest start first. */
  public List<Map<String, @Nullable Object>> workers() {
    return workers.documents(MAX_WORKERS);
  }
}
