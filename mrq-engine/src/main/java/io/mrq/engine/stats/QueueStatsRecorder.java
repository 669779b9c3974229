package io.mrq.engine.stats;

import io.mrq.engine.maintenance.MaintenanceDuty;
import io.mrq.recovery.RecoveryStore;
import io.mrq.stats.QueueCount;
import io.mrq.stats.QueueStats;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/** Counts the jobs of each queue for everyone who shows them; one scheduler does it at a time. */
public final class QueueStatsRecorder implements MaintenanceDuty {
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
    Instant begun = clock.instant();
    if (stats.begin(begun)) {
      List<QueueCount> counts = count(begun);
      stats.record(counts, begun, since(begun));
    }
    return QueueStats.PERIOD;
  }

  private List<QueueCount> count(Instant begun) {
    try {
      return jobs.count();
    } catch (RuntimeException e) {
      tellFailed(begun, e);
      throw e;
    }
  }

  private void tellFailed(Instant begun, RuntimeException cause) {
    try {
      stats.failed(begun, since(begun));
    } catch (RuntimeException e) {
      if (e != cause) {
        cause.addSuppressed(e);
      }
    }
  }

  private Duration since(Instant begun) {
    return Duration.between(begun, clock.instant());
  }
}
