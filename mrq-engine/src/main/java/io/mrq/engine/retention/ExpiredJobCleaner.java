package io.mrq.engine.retention;

import io.mrq.engine.maintenance.IndependentSteps;
import io.mrq.engine.maintenance.MaintenanceDuty;
import io.mrq.engine.maintenance.MaintenanceEvent;
import io.mrq.engine.maintenance.MaintenanceEvents;
import io.mrq.recovery.RecoveryStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Deletes expired documents. It finds none where MongoDB's TTL indexes delete them; other stores
 * have no such indexes.
 */
public final class ExpiredJobCleaner implements MaintenanceDuty {
  private static final Duration PERIOD = Duration.ofSeconds(60);
  private static final int LIMIT = 1000;

  private final RecoveryStore jobs;
  private final List<ExpiringDocuments> all;
  private final MaintenanceEvents events;
  private final InstantSource clock;

  /**
   * Creates the duty.
   *
   * @param others the documents other than jobs that expire
   */
  public ExpiredJobCleaner(
      RecoveryStore jobs,
      List<ExpiringDocuments> others,
      MaintenanceEvents events,
      InstantSource clock) {
    this.jobs = jobs;
    this.events = events;
    this.clock = clock;
    all = new ArrayList<>(others);
    all.add(this::deleteJobs);
  }

  @Override
  public String name() {
    return "expired-documents";
  }

  @Override
  public Duration pass() {
    Instant now = clock.instant();
    AtomicBoolean full = new AtomicBoolean();
    IndependentSteps.each(
        all,
        documents -> {
          if (documents.delete(now, LIMIT) >= LIMIT) {
            full.set(true);
          }
        });
    return full.get() ? Duration.ZERO : PERIOD;
  }

  private long deleteJobs(Instant now, int limit) {
    long deleted = jobs.deleteExpired(now, limit);
    events.on(new MaintenanceEvent.Expired(deleted));
    return deleted;
  }
}
