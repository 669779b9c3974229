package io.mrq.maintenance;

import io.mrq.store.QueueStats;
import io.mrq.store.RecoveryStore;
import java.time.Duration;
import java.time.InstantSource;

/** Takes the counts that everybody shares (protocol §7.7). */
public final class QueueStatsRecorder implements MaintenanceDuty {
  private static final Duration PERIOD = Duration.ofSeconds(5);

  private final RecoveryStore jobs;
  private final QueueStats stats;
  private final InstantSource clock;

  public QueueStatsRecorder(RecoveryStore jobs, QueueStats stats, InstantSource clock) {
    this.jobs = jobs;
    this.stats = stats;
    this.clock = clock;
  }

  @Override
  public String name() {
    return "queue-stats";
  }

  @Override
  public Duration pass() {
    stats.record(jobs.count(), clock.instant());
    return PERIOD;
  }
}
