package io.mrq.engine.recovery;

import io.mrq.dispatch.JobDispatcher;
import io.mrq.engine.maintenance.MaintenanceDuty;
import io.mrq.job.ReadyJob;
import io.mrq.recovery.RecoveryStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/**
 * Queues retries and delayed jobs that are due. It asks when the next one is, and comes back then;
 * at the latest after a {@link #PERIOD}, since jobs that are due earlier may be stored meanwhile.
 */
public final class DueJobRequeuer implements MaintenanceDuty {
  private static final Duration PERIOD = Duration.ofSeconds(1);

  /** Jobs that are due at nearly the same time are queued together. */
  private static final Duration MIN_WAIT = Duration.ofMillis(100);

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
    Instant now = clock.instant();
    Instant next = store.nextDue().orElse(Instant.MAX);
    if (next.isAfter(now)) {
      return next.isBefore(now.plus(PERIOD)) ? wait(Duration.between(now, next)) : PERIOD;
    }
    List<ReadyJob> due = store.requeueDue(now, LIMIT);
    dispatcher.offer(due);
    if (due.isEmpty()) {
      // Another scheduler queued what was due, or it is a document that nobody can queue.
      return PERIOD;
    }
    return due.size() >= LIMIT ? Duration.ZERO : MIN_WAIT;
  }

  private static Duration wait(Duration untilNext) {
    return untilNext.compareTo(MIN_WAIT) < 0 ? MIN_WAIT : untilNext;
  }
}
