package io.mrq.maintenance;

import io.mrq.store.AuditLog;
import io.mrq.store.BulkActionStore;
import io.mrq.store.JobKeys;
import io.mrq.store.JobRates;
import io.mrq.store.QueueStats;
import io.mrq.store.RecoveryStore;
import io.mrq.store.WorkerStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;

/**
 * Deletes what has expired. Beside MongoDB's TTL indexes it finds nothing; other stores have none.
 */
public final class ExpiredJobCleaner implements MaintenanceDuty {
  private static final Duration PERIOD = Duration.ofSeconds(60);
  private static final Duration WORKER_LIFE = Duration.ofHours(1);
  private static final Duration STATS_LIFE = Duration.ofDays(1);
  private static final Duration ACTION_LIFE = Duration.ofDays(30);
  private static final int LIMIT = 1000;

  private final RecoveryStore jobs;
  private final WorkerStore workers;
  private final JobKeys keys;
  private final QueueStats stats;
  private final AuditLog audit;
  private final BulkActionStore actions;
  private final JobRates rates;
  private final MaintenanceEvents events;
  private final InstantSource clock;

  public ExpiredJobCleaner(
      RecoveryStore jobs,
      WorkerStore workers,
      JobKeys keys,
      QueueStats stats,
      AuditLog audit,
      BulkActionStore actions,
      JobRates rates,
      MaintenanceEvents events,
      InstantSource clock) {
    this.jobs = jobs;
    this.workers = workers;
    this.keys = keys;
    this.stats = stats;
    this.audit = audit;
    this.actions = actions;
    this.rates = rates;
    this.events = events;
    this.clock = clock;
  }

  @Override
  public String name() {
    return "expired-documents";
  }

  @Override
  public Duration pass() {
    Instant now = clock.instant();
    List<LongSupplier> deletions =
        List.of(
            () -> deleteJobs(now),
            () -> keys.deleteExpired(now, LIMIT),
            () -> workers.deleteUnreported(now.minus(WORKER_LIFE), LIMIT),
            () -> stats.deleteOlder(now.minus(STATS_LIFE), LIMIT),
            () -> audit.deleteExpired(now, LIMIT),
            () -> actions.deleteEnded(now.minus(ACTION_LIFE), LIMIT),
            () -> rates.deleteOlder(now.minus(STATS_LIFE), LIMIT));
    AtomicBoolean full = new AtomicBoolean();
    IndependentSteps.each(
        deletions,
        deletion -> {
          if (deletion.getAsLong() >= LIMIT) {
            full.set(true);
          }
        });
    return full.get() ? Duration.ZERO : PERIOD;
  }

  private long deleteJobs(Instant now) {
    long deleted = jobs.deleteExpired(now, LIMIT);
    events.expired(deleted);
    return deleted;
  }
}
