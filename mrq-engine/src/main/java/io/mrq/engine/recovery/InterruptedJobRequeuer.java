package io.mrq.engine.recovery;

import io.mrq.dispatch.JobDispatcher;
import io.mrq.engine.maintenance.MaintenanceDuty;
import io.mrq.job.ReadyJob;
import io.mrq.recovery.RecoveryStore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/**
 * Queues interrupted jobs whose worker did not do so itself: a worker of Python's, or one that died
 * between its two writes.
 */
public final class InterruptedJobRequeuer implements MaintenanceDuty {
  private static final Duration PERIOD = Duration.ofSeconds(5);
  private static final int LIMIT = 1000;

  private final RecoveryStore store;
  private final JobDispatcher dispatcher;
  private final InstantSource clock;

  public InterruptedJobRequeuer(
      RecoveryStore store, JobDispatcher dispatcher, InstantSource clock) {
    this.store = store;
    this.dispatcher = dispatcher;
    this.clock = clock;
  }

  @Override
  public String name() {
    return "interrupted-jobs";
  }

  @Override
  public Duration pass() {
    List<ReadyJob> interrupted = store.requeueInterrupted(clock.instant(), LIMIT);
    dispatcher.offer(interrupted);
    return interrupted.size() >= LIMIT ? Duration.ZERO : PERIOD;
  }
}
