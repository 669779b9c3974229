package io.mrq.engine.log;

import io.mrq.engine.maintenance.MaintenanceDuty;
import io.mrq.log.JobLogStore;
import java.time.Duration;

/**
 * Deletes the oldest log lines where the store does not do that by itself; elsewhere it finds
 * nothing.
 */
public final class JobLogTrimmer implements MaintenanceDuty {
  private static final Duration PERIOD = Duration.ofSeconds(60);
  private static final int LIMIT = 1000;

  private final JobLogStore logs;

  public JobLogTrimmer(JobLogStore logs) {
    this.logs = logs;
  }

  @Override
  public String name() {
    return "log-lines";
  }

  @Override
  public Duration pass() {
    return logs.trim(LIMIT) >= LIMIT ? Duration.ZERO : PERIOD;
  }
}
