package io.mrq.stats;

import io.mrq.dispatch.DispatchIndex;
import io.mrq.queue.QueuePause;
import io.mrq.queue.QueuePauses;
import io.mrq.worker.WorkerStore;
import io.mrq.worker.WorkerSummary;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/**
 * Looks at how the whole system does, from what is counted anyway: the cost of a look does not grow
 * with the number of jobs. Methods throw {@link io.mrq.store.StoreUnavailableException}.
 */
public final class ActivityInspector {
  private static final int MAX_WORKERS = 1000;

  private final QueueStats stats;
  private final JobRates rates;
  private final WorkerStore workers;
  private final QueuePauses pauses;
  private final DispatchIndex index;

  public ActivityInspector(
      QueueStats stats,
      JobRates rates,
      WorkerStore workers,
      QueuePauses pauses,
      DispatchIndex index) {
    this.stats = stats;
    this.rates = rates;
    this.workers = workers;
    this.pauses = pauses;
    this.index = index;
  }

  /** The newest counts of the queues; nothing when none were taken in the last minute. */
  public Optional<QueueSample> backlog(Instant now) {
    return stats.sample(now);
  }

  /** What happened in periods of {@link JobRates#PERIOD} since then, all queues together. */
  public SortedMap<Instant, JobCounts> totals(Instant from) {
    return rates.totals(from);
  }

  /** What happened since then, by queue. */
  public Map<String, JobCounts> byQueue(Instant from) {
    Map<String, JobCounts> sums = new HashMap<>();
    for (JobRate rate : rates.since(from)) {
      sums.merge(rate.queue(), rate.counts(), JobCounts::plus);
    }
    return sums;
  }

  /** All workers that there are documents of, newest start first. */
  public List<WorkerSummary> workers() {
    return workers.summaries(MAX_WORKERS);
  }

  /** All pauses. */
  public List<QueuePause> pauses() {
    return pauses.pauses();
  }

  /** Whether Redis answered lately. */
  public boolean isDispatchAvailable() {
    return index.isAvailable();
  }
}
