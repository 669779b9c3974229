package io.mrq.engine.recovery;

import io.mrq.dispatch.JobDispatcher;
import io.mrq.engine.maintenance.MaintenanceDuty;
import io.mrq.job.ReadyJob;
import io.mrq.recovery.RecoveryStore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/** Queues retries and delayed jobs that are due. */
public final class DueJobRequeuer implements MaintenanceDuty {
  private static final Duration PERIOD = Duration.ofMillis(500);
  private static final int LIMIT = 1000;

  private final RecoveryStore store;
  private final JobDispatcher dispatcher;
  private final InstantSource clock;

  public DueJobRequeuer(RecoveryStore store, JobDispatcher dispatcher, InstantSource clock) {
    this.store = store;
    this.dispatcher = dispatcher;
    this.clock = clock;
  }

  @Override
  public String name() {
    return "due-jobs";
  }

  @Override
  public Duration pass() {
    List<ReadyJob> due = store.requeueDue(clock.instant(), LIMIT);
    dispatcher.offer(due);
    return due.size() >= LIMIT ? Duration.ZERO : PERIOD;
  }
}
