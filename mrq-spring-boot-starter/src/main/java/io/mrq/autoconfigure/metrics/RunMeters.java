package io.mrq.autoconfigure.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.LongTaskTimer;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.mrq.job.JobStatus;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The meters of the runs of one queue and task. */
final class RunMeters {
  private static final Set<JobStatus> DEAD =
      Set.of(JobStatus.FAILED, JobStatus.TIMEOUT, JobStatus.MAXRETRIES, JobStatus.MAXCONCURRENCY);

  private final MeterRegistry registry;
  private final Tags tags;
  private final Counter started;
  private final Timer waits;
  private final LongTaskTimer active;
  private final Map<JobStatus, Ended> ended = new ConcurrentHashMap<>();

  /** The meters of the runs with one outcome. */
  private record Ended(Counter runs, Timer durations) {}

  RunMeters(MeterRegistry registry, Tags tags) {
    this.registry = registry;
    this.tags = tags;
    alerting(registry, tags);
    this.started =
        Counter.builder("mrq.job.started")
            .description("Runs that began")
            .tags(tags)
            .register(registry);
    this.waits =
        Timer.builder("mrq.job.wait")
            .description("From enqueue to start")
            .tags(tags)
            .serviceLevelObjectives(MeterBuckets.WAITS)
            .register(registry);
    this.active =
        LongTaskTimer.builder("mrq.job.active")
            .description("Runs that go on")
            .tags(tags)
            .register(registry);
  }

  /**
   * Registers the counters that alert rules look at before their first event: to Prometheus the
   * step from nothing to 1 is not an increase.
   */
  static void alerting(MeterRegistry registry, Tags job) {
    refused(registry, job);
    DEAD.forEach(status -> dead(registry, job, status));
  }

  /** Counts late outcomes that the fence dropped. */
  static Counter refused(MeterRegistry registry, Tags job) {
    return Counter.builder("mrq.job.refused")
        .description("Late outcomes that the fence dropped")
        .tags(job)
        .register(registry);
  }

  private static Counter dead(MeterRegistry registry, Tags job, JobStatus status) {
    return Counter.builder("mrq.job.dead")
        .description("Jobs that ended without success")
        .tags(job.and("reason", status.text()))
        .register(registry);
  }

  /** A run begins; the sample is stopped when it ends. */
  LongTaskTimer.Sample started(Duration waited) {
    started.increment();
    waits.record(waited);
    return active.start();
  }

  void finished(JobStatus outcome, Duration ran) {
    Ended meters = ended.computeIfAbsent(outcome, this::ended);
    meters.runs.increment();
    meters.durations.record(ran);
    if (DEAD.contains(outcome)) {
      dead(registry, tags, outcome).increment();
    }
  }

  private Ended ended(JobStatus outcome) {
    // A retry without a wait is queued at once, but it is counted as a retry.
    String text = (outcome == JobStatus.QUEUED ? JobStatus.RETRY : outcome).text();
    Tags withOutcome = tags.and("outcome", text);
    return new Ended(
        Counter.builder("mrq.job.finished")
            .description("Runs that ended")
            .tags(withOutcome)
            .register(registry),
        Timer.builder("mrq.job.duration")
            .description("From a claim to the outcome of its run")
            .tags(withOutcome)
            .serviceLevelObjectives(MeterBuckets.RUNS)
            .register(registry));
  }
}
