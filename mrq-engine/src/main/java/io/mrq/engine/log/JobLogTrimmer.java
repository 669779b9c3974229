package io.mrq.engine.log;

import io.mrq.engine.maintenance.MaintenanceDuty;
import io.mrq.log.JobLogStore;
import java.time.Duration;

/** Deletes the oldest log lines, in stores that do not do so by themselves. */
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
