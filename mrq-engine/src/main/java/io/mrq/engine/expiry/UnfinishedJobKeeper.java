package io.mrq.engine.expiry;

import io.mrq.engine.maintenance.MaintenanceDuty;
import io.mrq.recovery.RecoveryStore;
import java.time.Duration;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps jobs that wait or run from being deleted. Only final documents carry {@code dateexpires},
 * but Python's requeue leaves it, or writes one anew; then the store deletes the job at that
 * moment, however long it has to wait.
 */
public final class UnfinishedJobKeeper implements MaintenanceDuty {
  private static final Logger log = LoggerFactory.getLogger(UnfinishedJobKeeper.class);
  private static final Duration PERIOD = Duration.ofSeconds(10);

  /** What expires within this is looked at. Longer than a period: each is seen a few times. */
  private static final Duration AHEAD = Duration.ofSeconds(30);

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
    long kept = store.keepUnfinished(clock.instant().plus(AHEAD), LIMIT);
    if (kept > 0) {
      log.info("{} unfinished jobs were about to expire, and are kept", kept);
    }
    return kept >= LIMIT ? Duration.ZERO : PERIOD;
  }
}
