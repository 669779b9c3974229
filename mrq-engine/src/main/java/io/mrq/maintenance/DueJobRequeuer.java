package io.mrq.maintenance;

import io.mrq.dispatch.JobOffers;
import io.mrq.job.ReadyJob;
import io.mrq.store.RecoveryStore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/** Queues retries and delayed jobs that are due. */
public final class DueJobRequeuer implements MaintenanceDuty {
  private static final Duration PERIOD = Duration.ofMillis(500);
  private static final int LIMIT = 1000;

  private final RecoveryStore store;
  private final JobOffers offers;
  private final InstantSource clock;

  public DueJobRequeuer(RecoveryStore store, JobOffers offers, InstantSource clock) {
    this.store = store;
    this.offers = offers;
    this.clock = clock;
  }

  @Override
  public String name() {
    return "due-jobs";
  }

  @Override
  public Duration pass() {
    List<ReadyJob> due = store.requeueDue(clock.instant(), LIMIT);
    offers.offer(due);
    return due.size() >= LIMIT ? Duration.ZERO : PERIOD;
  }
}
