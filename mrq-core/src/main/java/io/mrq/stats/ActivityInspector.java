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
 * Tells how the whole system does, from counts that exist already: the cost of a call does not grow
 * with the number of jobs. Every method may throw {@link io.mrq.store.StoreUnavailableException}.
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

  /** The newest counts of the queues; empty when none were taken in the last minute. */
  public Optional<QueueSample> backlog(Instant now) {
    return stats.sample(now);
  }

  /** Rates of all queues together since a moment, by the begin of each {@link JobRates#PERIOD}. */
  public SortedMap<Instant, JobCounts> totals(Instant from) {
    return rates.totals(from);
  }

  /** Sums of the rates since a moment, by queue. */
  public Map<String, JobCounts> byQueue(Instant from) {
    Map<String, JobCounts> sums = new HashMap<>();
    for (JobRate rate : rates.since(from)) {
      sums.merge(rate.queue(), rate.counts(), JobCounts::plus);
    }
    return sums;
  }

  /** The workers that have a document, newest start first, at most 1000. */
  public List<WorkerSummary> workers() {
    return workers.summaries(MAX_WORKERS);
  }

  /** The paused queues. */
  public List<QueuePause> pauses() {
    return pauses.pauses();
  }

  /** Whether the dispatch index answered its last call. */
  public boolean isDispatchAvailable() {
    return index.isAvailable();
  }
}
