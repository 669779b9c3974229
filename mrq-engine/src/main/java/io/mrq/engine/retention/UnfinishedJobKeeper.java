package io.mrq.engine.retention;

import io.mrq.engine.maintenance.MaintenanceDuty;
import io.mrq.recovery.RecoveryStore;
import java.time.Duration;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps jobs that wait or run from being deleted. Only final documents should have {@code
 * dateexpires}, but Python's requeue leaves it in place or writes a new one, and the store would
 * delete the job at that date.
 */
public final class UnfinishedJobKeeper implements MaintenanceDuty {
  private static final Logger log = LoggerFactory.getLogger(UnfinishedJobKeeper.class);
  private static final Duration PERIOD = Duration.ofSeconds(10);

  /** Jobs that expire within this are kept. Longer than a period, so that each is seen twice. */
  private static final Duration LOOK_AHEAD = Duration.ofSeconds(30);

  private static final int LIMIT = 1000;

  private final RecoveryStore store;
  private final InstantSource clock;

  public UnfinishedJobKeeper(RecoveryStore store, InstantSource clock) {
    this.store = store;
    this.clock = clock;
  }

  @Override
  public String name() {
    return "unfinished-jobs";
  }

  @Override
  public Duration pass() {
    long kept = store.keepUnfinished(clock.instant().plus(LOOK_AHEAD), LIMIT);
    if (kept > 0) {
      log.info(
          "removed the expiry date of {} waiting or running jobs, which would have been deleted at that date; another program, such as Python MRQ, had left or written it",
          kept);
    }
    return kept >= LIMIT ? Duration.ZERO : PERIOD;
  }
}
